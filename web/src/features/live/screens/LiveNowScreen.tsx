import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { LiveList } from '../parts/LiveNow';
import styles from '../parts/LiveNow.module.css';
import { Wave } from '../parts/Wave';
import { useLiveNow } from '../queries';
import { useText } from '../strings';

/** What is live now in all that I may read; on a phone there is no sidebar that says so. */
export function LiveNowScreen() {
  const t = useText();
  const { data, error, refetch } = useLiveNow();
  return (
    <Pane>
      <PaneHeader title={t('live_now')} icon={<Wave />} />
      <PaneBody>
        {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />)}
        {data?.sessions.length === 0 && <EmptyState text={t('nothing_live')} />}
        {data && data.sessions.length > 0 && (
          <div className={styles.page}>
            <LiveList list={data} />
          </div>
        )}
      </PaneBody>
    </Pane>
  );
}
