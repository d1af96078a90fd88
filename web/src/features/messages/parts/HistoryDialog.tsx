import type { Message, MessageVersion } from '@/api/types';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { useHistory } from '../queries';
import { useText } from '../strings';
import { fullTimeOf, isoOf } from '../time';
import { useFeed } from './actions';
import styles from './HistoryDialog.module.css';
import { MarkupTree } from './MarkupTree';
import { plainTree } from './plainTree';

export function HistoryDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const { me_id } = useFeed();
  const { data, error, refetch } = useHistory(message);
  const versions = data?.items ?? [];
  const wordFor = (idx: number) => (idx === versions.length - 1 ? t('history_now') : idx === 0 ? t('history_first') : null);
  return (
    <Dialog title={t('history_title')} onClose={onClose}>
      {!data && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      <ol className={styles.versions}>
        {versions.map((version, idx) => (
          <Version key={version.at} version={version} word={wordFor(idx)} me_id={me_id} />
        ))}
      </ol>
    </Dialog>
  );
}

function Version({ version, word, me_id }: { version: MessageVersion; word: string | null; me_id: string }) {
  return (
    <li>
      <p className={styles.when}>
        {word && <b>{word}</b>} <time dateTime={isoOf(version.at)}>{fullTimeOf(version.at)}</time>
      </p>
      <MarkupTree nodes={version.tree ?? plainTree(version.text)} me_id={me_id} />
    </li>
  );
}
