import { useInfiniteQuery } from '@tanstack/react-query';
import type { Hold } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { copiesQuery } from '../retention';
import { useText } from '../strings';
import { CopyRow } from './CopyRow';
import styles from './Admin.module.css';

/** What was deleted while a hold stands, for owners. */
export function CopiesDialog({ hold, onClose }: { hold: Hold; onClose: () => void }) {
  const t = useText();
  const list = useInfiniteQuery(copiesQuery(hold.subject_id));
  const copies = list.data;
  return (
    <Dialog
      title={t('kept_copies')}
      hint={t('kept_copies_hint')}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      {list.isPending && <Skeleton rows={3} />}
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {copies?.length === 0 && <EmptyState text={t('no_copies')} />}
      {copies && copies.length > 0 && (
        <ul className={styles.copies} aria-label={t('kept_copies')}>
          {copies.map((copy) => (
            <CopyRow key={copy.message_id} copy={copy} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button tone="plain" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
    </Dialog>
  );
}
