import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { navigate } from '@/router/location';
import { useMemo, useState } from 'react';
import type { ChannelRow, Id, Message, Quote } from '@/api/types';
import { copyText } from '@/lib/copyText';
import { settle } from '@/lib/settle';
import { getOutbox } from '@/realtime/live';
import { findStart } from '@/realtime/start';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { useKeep } from '../keepingQueries';
import { useReact } from '../queries';
import { unreadFrom } from '../readQueries';
import { useText } from '../strings';
import { holdReading } from '../viewing';
import type { MessageActions } from './actions';
import type { Rewritten } from './useRewriting';
import type { Jump } from './useTimelinePlace';

/** What lies over the feed because somebody asked for it. */
export type Overlay =
  | { kind: 'emoji'; message: Message; anchor: Element }
  | { kind: 'history' | 'reactions' | 'delete' | 'remove' | 'start-topic' | 'forward' | 'move'; message: Message }
  | { kind: 'part'; name: string; message: Message }
  | null;

export function useMessageActions(channel: ChannelRow, topic_id: Id | null) {
  const t = useText();
  const cache = useQueryClient();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [quote, setQuote] = useState<Quote | null>(null);
  const [editing, setEditing] = useState<Message | null>(null);
  const [rewritten, setRewritten] = useState<Rewritten | null>(null);
  const [jump, setJump] = useState<Jump | null>(null);
  const { mutateAsync: react } = useReact();
  const { mutateAsync: keep } = useKeep();
  const channel_id = channel.id;

  const actions = useMemo((): MessageActions => {
    return {
      react: (message, emoji, added) => settle(react({ message, emoji, added }), { onError: tellRefusal }),
      pickEmoji: (message, anchor) => setOverlay({ kind: 'emoji', message, anchor }),
      quote: ({ id, author_id, text }) => {
        setEditing(null);
        setQuote({ message_id: id, author_id, text, deleted: false });
        focusComposer(topic_id);
      },
      topic: (message) => {
        if (topic_id) return;
        if (!message.topic) return setOverlay({ kind: 'start-topic', message });
        navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel_id, topicId: message.topic.id } });
      },
      copyLink: (message) => void copy(new URL(`/m/${message.id}`, location.origin).href, t),
      edit: setEditing,
      remove: (message) => setOverlay({ kind: isMine(cache, message) ? 'delete' : 'remove', message }),
      unreadFrom: (message) => {
        holdReading(channel_id, topic_id);
        unreadFrom(cache, { channel_id, topic_id, seq: message.seq }).catch(tellRefusal);
      },
      showReactions: (message) => setOverlay({ kind: 'reactions', message }),
      showHistory: (message) => setOverlay({ kind: 'history', message }),
      pin: (message, on) => settle(keep({ message, what: 'pin', on }), { onError: tellRefusal }),
      save: (message, on) => settle(keep({ message, what: 'save', on }), { onError: tellRefusal }),
      forward: (message) => setOverlay({ kind: 'forward', message }),
      move: (message) => setOverlay({ kind: 'move', message }),
      open: (message, name) => setOverlay({ kind: 'part', name, message }),
      jumpTo: (message_id) => setJump({ message_id }),
      retry: (id, words_ok) => getOutbox().retry(id, words_ok),
      rewrite: (item) => {
        getOutbox().discard(item.id);
        setQuote(item.quote);
        setRewritten({ text: item.text, files: item.files ?? [] });
        focusComposer(topic_id);
      },
      discard: (id) => getOutbox().discard(id),
    };
  }, [react, keep, cache, t, channel_id, topic_id]);

  return { actions, overlay, setOverlay, quote, setQuote, editing, setEditing, rewritten, setRewritten, jump };
}

function isMine(cache: QueryClient, { author_id }: Message): boolean {
  return findStart(cache)?.me.id === author_id;
}

function focusComposer(topic_id: Id | null): void {
  // Beside each other the topic's is the later one; on a phone only one of them is shown.
  const shown = [...document.querySelectorAll<HTMLElement>('[data-composer]')].filter((field) => field.checkVisibility({ visibilityProperty: true }));
  (topic_id ? shown.at(-1) : shown[0])?.focus();
}

async function copy(url: string, t: ReturnType<typeof useText>): Promise<void> {
  showToast((await copyText(url)) ? t('link_copied') : t('copy_failed', { url }));
}
