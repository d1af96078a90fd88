import { untilThere } from '@/lib/untilThere';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { ChannelRow, Id, Topic } from '@/api/types';
import { useOutbox } from '@/features/messages/parts/useOutbox';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { showToast } from '@/ui/toast';
import { useQueryClient } from '@tanstack/react-query';
import { blockedPartner, useBlocked } from '../blocked';
import { useWindow } from '../queries';
import { markAllRead, unreadFrom } from '../readQueries';
import { useText } from '../strings';
import { unsentOf } from '../unsent';
import { FeedContext } from './actions';
import { Announcer } from './Announcer';
import { ClosedComposer } from './ClosedComposer';
import { Composer } from './Composer';
import { Overlays } from './Overlays';
import { Timeline } from './Timeline';
import { useFeedWindow } from './useFeedWindow';
import { useHandedBack } from './useHandedBack';
import { useMessageActions } from './useMessageActions';
import type { Jump } from './useTimelinePlace';

const EditComposer = lazy(() => untilThere(() => import('./EditComposer')).then((module) => ({ default: module.EditComposer })));

export type ConversationProps = {
  channel: ChannelRow;
  /** `null`: the channel's own stream. */
  topic: Topic | null;
  me_id: Id;
  label: string;
  read_seq: number | null;
  n_unread: number;
  /** A message named in the address. */
  target: Jump | null;
  begin: ReactNode;
  onTopicStarted: (topic: Topic) => void;
};

/** A feed and its composer: the same for a channel and for a topic. Give it a `key`; it belongs to one conversation. */
export function Conversation(props: ConversationProps) {
  const { channel, topic, me_id, read_seq } = props;
  const t = useText();
  const cache = useQueryClient();
  const topic_id = topic?.id ?? null;
  const { data: window, error, refetch } = useWindow(channel.id, topic_id);
  const feed = useFeedWindow(channel.id, topic_id);
  const outbox = useOutbox();
  const blocked = useBlocked(channel);
  const partner = blockedPartner(channel, blocked);
  const { actions, overlay, setOverlay, quote, setQuote, editing, setEditing, rewritten, setRewritten, jump } = useMessageActions(channel, topic_id);
  useHandedBack(channel.id, topic_id, setRewritten);
  const [n_sent, setSent] = useState(0);
  const messages = window?.messages;
  const unsent = useMemo(() => unsentOf(outbox, channel.id, topic_id, messages ?? []), [outbox, channel.id, topic_id, messages]);
  const context = useMemo(
    () => ({
      me_id,
      can_post: channel.can_post,
      can_manage: channel.can_manage,
      is_member: channel.is_member,
      blocked,
      in_topic: topic_id !== null,
      is_direct: channel.kind === 'direct',
      actions,
    }),
    [me_id, channel.can_post, channel.can_manage, channel.is_member, channel.kind, blocked, topic_id, actions],
  );

  const editLast = () => {
    const last = messages?.findLast((message) => message.author_id === me_id && !message.deleted);
    if (last) setEditing(last);
  };
  const readAll = () => {
    const seq = topic ? topic.last_seq : channel.head;
    const before = read_seq ?? 0;
    const undo = () => void unreadFrom(cache, { channel_id: channel.id, topic_id, seq: before + 1 });
    void markAllRead(cache, { channel_id: channel.id, topic_id, seq });
    showToast(t('marked_read'), { action: { label: t('undo'), run: undo } });
  };

  return (
    <FeedContext value={context}>
      {error && !window && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !window && <Skeleton rows={8} />}
      {window && (
        <Timeline
          label={props.label}
          window={window}
          unsent={unsent}
          feed={feed}
          read_seq={read_seq}
          n_unread={props.n_unread}
          me_id={me_id}
          jump={jump ?? props.target}
          n_sent={n_sent}
          actions={actions}
          begin={props.begin}
          onMarkRead={readAll}
        />
      )}
      {window && !window.has_newer && <Announcer messages={window.messages} me_id={me_id} />}
      {editing && (
        <Suspense fallback={null}>
          <EditComposer key={editing.id} channel={channel} me_id={me_id} message={editing} onDone={() => setEditing((current) => (current === editing ? null : current))} />
        </Suspense>
      )}
      {!editing && (!channel.can_post || partner) && <ClosedComposer channel={channel} blocked={partner} />}
      {!editing && channel.can_post && !partner && (
        <Composer
          channel={channel}
          topic={topic}
          me_id={me_id}
          quote={quote}
          rewritten={rewritten}
          onRewritten={() => setRewritten(null)}
          onQuoteEnd={() => setQuote(null)}
          onEditLast={editLast}
          onSent={() => setSent(n_sent + 1)}
          onTopicStarted={props.onTopicStarted}
        />
      )}
      <Overlays overlay={overlay} channel={channel} actions={actions} onClose={() => setOverlay(null)} />
    </FeedContext>
  );
}
