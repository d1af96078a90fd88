import { Link } from '@/router/Link';
import type { Id, TopicUnread } from '@/api/types';
import { useText } from '../strings';
import styles from './TopicLinks.module.css';

// More would push the channels out of sight; the rest is one click away in the channel.
const maxTopics = 3;

/** Topics of a channel that have something unread. */
export function TopicLinks({ channelId, topics }: { channelId: Id; topics: readonly TopicUnread[] }) {
  const t = useText();
  if (topics.length === 0) return null;
  return (
    <ul className={styles.topics}>
      {topics.slice(0, maxTopics).map((topic) => (
        <li key={topic.topic_id}>
          <Link to="/c/$channelId/t/$topicId" params={{ channelId, topicId: topic.topic_id }} className={styles.link}>
            <span className={styles.title} dir="auto">
              {topic.title}
            </span>
            <span className={styles.count} aria-hidden="true" data-mine={topic.n_mentions > 0 || undefined}>
              {topic.n_unread}
            </span>
            <span className="visually-hidden">, {t('n_unread', { count: topic.n_unread })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
