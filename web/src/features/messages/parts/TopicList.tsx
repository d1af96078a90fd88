import { Link } from '@/router/Link';
import type { Id, Topic } from '@/api/types';
import { useChannelRow } from '@/realtime/start';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';
import { agoOf } from '../time';
import { PersonFace } from './PersonFace';
import styles from './TopicList.module.css';
import { TopicStateChip } from './TopicStateChip';

type TopicListProps = {
  topics: readonly Topic[];
  label: string;
  /** What the server counted, by topic; absent: what the sidebar knows. */
  unread?: ReadonlyMap<Id, number>;
  /** In which channel, where that is not plain. */
  where?: (topic: Topic) => string;
};

export function TopicList({ topics, label, unread, where }: TopicListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {topics.map((topic) => (
        <li key={topic.id}>
          <TopicItem topic={topic} n_unread={unread?.get(topic.id)} where={where?.(topic)} />
        </li>
      ))}
    </ul>
  );
}

type TopicItemProps = { topic: Topic; n_unread: number | undefined; where: string | undefined };

function TopicItem({ topic, n_unread, where }: TopicItemProps) {
  const t = useText();
  const known = useChannelRow(topic.channel_id)?.topics.find((own) => own.topic_id === topic.id)?.n_unread ?? 0;
  const n_new = n_unread ?? known;
  return (
    <Link className={styles.item} to="/c/$channelId/t/$topicId" params={{ channelId: topic.channel_id, topicId: topic.id }}>
      <span className={styles.words}>
        <b dir="auto">{topic.title}</b>
        {topic.state === 'decided' && topic.decision && <span dir="auto">{topic.decision}</span>}
        <small>
          {where && <bdi>{where} · </bdi>}
          {topic.n_messages > 0 ? t('replies', { count: topic.n_messages }) : t('no_replies')}
          {topic.n_messages > 0 && ` · ${t('last_reply', { ago: agoOf(topic.last_at) })}`}
        </small>
      </span>
      <span className={styles.end}>
        {n_new > 0 && <Chip tone="accent">{t('n_new', { count: n_new })}</Chip>}
        <span className={styles.faces}>
          {topic.people.slice(-3).map((id) => (
            <PersonFace key={id} id={id} size={22} />
          ))}
        </span>
        <TopicStateChip state={topic.state} />
      </span>
    </Link>
  );
}
