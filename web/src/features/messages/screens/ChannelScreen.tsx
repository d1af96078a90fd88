import { untilThere } from '@/lib/untilThere';
import { navigate } from '@/router/location';
import { usePlace } from '@/router/usePlace';
import { lazy, Suspense, useEffect, useMemo, type ReactNode } from 'react';
import type { ChannelRow, Id, Topic } from '@/api/types';
import { watchScope } from '@/realtime/live';
import { rememberChannel, useMe } from '@/realtime/start';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { Skeleton } from '@/ui/Skeleton';
import { Split } from '@/ui/Split';
import { ChannelBegin } from '../parts/ChannelBegin';
import { ChannelHeader } from '../parts/ChannelHeader';
import { Conversation } from '../parts/Conversation';
import { nameOf, useChannelName } from '@/realtime/channelName';
import { useChannel, useWindow } from '../queries';
import { recentAuthors } from '../model';
import { targetIn } from '../target';
import { useText } from '../strings';

const TopicPanel = lazy(() => untilThere(() => import('../parts/TopicPanel')).then((module) => ({ default: module.TopicPanel })));

export type ChannelScreenProps = {
  channelId: Id;
  topicId: Id | null;
  /** The panel about the channel, when it is open. */
  about: ReactNode;
  /** What is expected here, in a line. */
  line: ReactNode;
  /** What other features have to say above a topic. */
  aboveTopic?: ((topic: Topic) => ReactNode) | undefined;
};

export function ChannelScreen({ channelId, topicId, about, line, aboveTopic }: ChannelScreenProps) {
  const { channel, error, refetch } = useChannel(channelId);
  if (error && !channel) {
    return (
      <Pane>
        <ErrorState error={error} level={1} onRetry={() => void refetch()} />
      </Pane>
    );
  }
  if (!channel) {
    return (
      <Pane>
        <Skeleton rows={8} />
      </Pane>
    );
  }
  return <Loaded key={channelId} channel={channel} topicId={topicId} about={about} line={line} aboveTopic={aboveTopic} />;
}

function Loaded({ channel, topicId, about, line, aboveTopic }: { channel: ChannelRow } & Omit<ChannelScreenProps, 'channelId'>) {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const name = useChannelName(channel);
  const hash = usePlace().hash;
  const target = useMemo(() => targetIn(hash), [hash]);
  const window = useWindow(channel.id, null).data;
  const params = { channelId: channel.id };
  const close = () => navigate({ to: '/c/$channelId', params });
  useWatching(channel, window?.seq);
  useEffect(() => rememberChannel(channel.id), [channel.id]);

  const waiting = (
    <Pane as="aside">
      <Skeleton rows={5} />
    </Pane>
  );
  const panel = topicId ? (
    <Suspense fallback={waiting}>
      <TopicPanel key={topicId} channel={channel} topicId={topicId} target={target} above={aboveTopic} onClose={close} />
    </Suspense>
  ) : (
    about
  );
  return (
    <Split
      onClosePanel={close}
      panel={panel}
      main={
        <Pane>
          <ChannelHeader
            channel={channel}
            name={name}
            people={recentAuthors(window?.messages ?? [], 3)}
            line={line}
            hasPanel={Boolean(about)}
            onPanel={() => navigate({ to: '/c/$channelId', params, search: about ? {} : { about: true } })}
          />
          <Conversation
            channel={channel}
            topic={null}
            me_id={me_id}
            label={t('feed', { name: nameOf(channel, name) })}
            read_seq={channel.is_member ? channel.read_seq : null}
            n_unread={channel.n_unread}
            target={topicId ? null : target}
            begin={<ChannelBegin channel={channel} name={name} isEmpty={window?.messages.length === 0} />}
            onTopicStarted={(topic) =>
              navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel.id, topicId: topic.id } })
            }
          />
        </Pane>
      }
    />
  );
}

/** Events of a channel that I only look at come for as long as I do. */
function useWatching(channel: ChannelRow, seq: number | undefined): void {
  const isReady = seq !== undefined && !channel.is_member;
  useEffect(() => {
    if (isReady && seq !== undefined) return watchScope(channel.id, seq);
    // Where the watch began does not change while it goes on.
  }, [channel.id, isReady]);
}
