import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { currentLocale } from '@/i18n/core';
import { useAskWords } from '../queries';
import { useText } from '../strings';
import styles from './Asks.module.css';

const PARTS = ['openings', 'requests', 'confusion'] as const;

/** The words by which a question is known: all of them, in the open. */
export function WordsDialog({ onClose }: { onClose: () => void }) {
  const t = useText();
  const { data, error, refetch } = useAskWords(true);
  const names = new Intl.DisplayNames(currentLocale(), { type: 'language' });
  return (
    <Dialog title={t('words_title')} hint={t('words_hint')} onClose={onClose} actions={<Button onClick={onClose}>{t('close')}</Button>}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={5} />}
      {data?.lists.map((list) => (
        <details key={list.language} className={styles.wordList} open>
          <summary>{names.of(list.language)}</summary>
          {PARTS.map((part) => (
            <div key={part}>
              <h3>{t(`words_${part}`)}</h3>
              <p lang={list.language} dir="auto">
                {list[part].join(' · ')}
              </p>
            </div>
          ))}
        </details>
      ))}
    </Dialog>
  );
}
