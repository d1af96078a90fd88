import type { ReactNode } from 'react';
import type { ChannelRow, Id, Topic } from '@/api/types';
import { Navigate } from '@/router/Navigate';
import { useMe } from '@/realtime/start';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';
import { useText } from '../strings';
import { useTopic } from '../topicQueries';
import { Conversation } from './Conversation';
import { TopicBegin } from './TopicBegin';
import { TopicHeader } from './TopicHeader';
import styles from './TopicPanel.module.css';
import type { Jump } from './useTimelinePlace';

type TopicPanelProps = { channel: ChannelRow; topicId: Id; target: Jump | null; above: ((topic: Topic) => ReactNode) | undefined; onClose: () => void };

export function TopicPanel({ channel, topicId, target, above, onClose }: TopicPanelProps) {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const { data: view, error, refetch } = useTopic(channel.id, topicId);
  const n_unread = channel.topics.find((own) => own.topic_id === topicId)?.n_unread ?? 0;
  // It went into another topic: the link leads there.
  if (view && view.topic.id !== topicId) {
    return <Navigate to="/c/$channelId/t/$topicId" params={{ channelId: channel.id, topicId: view.topic.id }} />;
  }
  return (
    <Pane as="aside" label={view?.topic.title ?? t('topic')} className={styles.panel}>
      <TopicHeader channel={channel} view={view} topicId={topicId} onClose={onClose} />
      {error && !view && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !view && <Skeleton rows={5} />}
      {view && (
        <Conversation
          channel={channel}
          topic={view.topic}
          me_id={me_id}
          label={t('feed_topic', { title: view.topic.title })}
          read_seq={view.following ? view.read_seq : null}
          n_unread={n_unread}
          target={target}
          begin={
            <>
              {above?.(view.topic)}
              <TopicBegin view={view} me_id={me_id} />
            </>
          }
          onTopicStarted={() => undefined}
        />
      )}
    </Pane>
  );
}
