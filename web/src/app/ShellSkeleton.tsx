import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';
import { Brand } from './Brand';
import { useText } from './strings';
import styles from './Shell.module.css';

/** The shape of the app while the snapshot is on its way. */
export function ShellSkeleton() {
  const t = useText();
  return (
    <div className={styles.shell}>
      <div className={styles.skeletonRail}>
        <Brand />
      </div>
      <div className={styles.side} />
      <div className={styles.work}>
        <Pane label={t('loading_workspace')}>
          <Skeleton />
        </Pane>
      </div>
    </div>
  );
}
