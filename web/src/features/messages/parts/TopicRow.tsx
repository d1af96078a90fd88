import type { Message, Topic } from '@/api/types';
import { useChannelRow } from '@/realtime/start';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';
import { agoOf } from '../time';
import { useFeed } from './actions';
import { useIsActive } from './activeRow';
import { PersonFace } from './PersonFace';
import { TopicStateChip } from './TopicStateChip';
import styles from './TopicRow.module.css';

/** The topic that began with a message, under it: what it is called, who took part, what is new. */
export function TopicRow({ message, topic }: { message: Message; topic: Topic }) {
  const t = useText();
  const { actions } = useFeed();
  const n_new = useChannelRow(topic.channel_id)?.topics.find((own) => own.topic_id === topic.id)?.n_unread ?? 0;
  return (
    <button
      type="button"
      className={styles.topic}
      tabIndex={useIsActive() ? 0 : -1}
      title={t('open_topic_named', { title: topic.title })}
      onClick={() => actions.topic(message)}
    >
      <span className={styles.title}>
        <bdi>{topic.title}</bdi>
        {topic.state !== 'open' && <TopicStateChip state={topic.state} />}
      </span>
      <span className={styles.facts}>
        {topic.people.length > 0 && (
          <span className={styles.faces}>
            {topic.people.slice(-3).map((id) => (
              <PersonFace key={id} id={id} size={22} />
            ))}
          </span>
        )}
        <b>{topic.n_messages > 0 ? t('replies', { count: topic.n_messages }) : t('no_replies')}</b>
        {topic.n_messages > 0 && <span>{t('last_reply', { ago: agoOf(topic.last_at) })}</span>}
        {n_new > 0 && <Chip tone="accent">{t('n_new', { count: n_new })}</Chip>}
      </span>
    </button>
  );
}
