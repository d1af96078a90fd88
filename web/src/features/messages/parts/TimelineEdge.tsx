import { useText } from '../strings';
import styles from './Timeline.module.css';
import type { FeedWindow } from './useFeedWindow';

/** What is going on at the ends of the feed, without moving anything in it. */
export function TimelineEdge({ feed }: { feed: FeedWindow }) {
  const t = useText();
  const { loading, failed } = feed;
  const retry = { older: feed.older, newer: feed.newer, other: feed.latest };
  if (!loading && !failed) return null;
  return (
    <div className={styles.edge} data-end={(loading ?? failed) === 'newer' || undefined}>
      {/* Not a status: a feed holds articles only, and says that it is busy by itself. */}
      <span>
        {loading && (loading === 'newer' ? t('loading_newer') : t('loading_older'))}
        {!loading && failed && (
          <>
            {t('load_failed')} <button onClick={() => void retry[failed]()}>{t('retry')}</button>
          </>
        )}
      </span>
    </div>
  );
}
