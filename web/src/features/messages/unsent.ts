/** What I wrote and the server does not have yet, drawn like any other message. */
import type { Id, Message } from '@/api/types';
import type { OutboxItem } from '@/realtime/outbox';
import { plainTree } from './parts/plainTree';

const drawn = new WeakMap<OutboxItem, Message>();

/** The same object for the same item, so that its row is not drawn again for nothing. */
export function messageOf(item: OutboxItem): Message {
  const known = drawn.get(item);
  if (known) return known;
  const message: Message = {
    id: item.id,
    channel_id: item.channel_id,
    // Past everything: it has no place in the log yet.
    seq: Number.MAX_SAFE_INTEGER,
    topic_id: item.topic_id,
    author_id: item.person_id,
    at: item.created_at_ms * 1000,
    text: item.text,
    tree: plainTree(item.text, true),
    edited_at: null,
    deleted: false,
    quote: item.quote,
    reactions: [],
    topic: null,
    forward: null,
    pinned: false,
  };
  drawn.set(item, message);
  return message;
}

/** Mine for this conversation, without those whose event was faster than the answer. */
export function unsentOf(
  items: readonly OutboxItem[],
  channel_id: Id,
  topic_id: Id | null,
  messages: readonly Message[],
): readonly OutboxItem[] {
  const mine = items.filter((item) => item.channel_id === channel_id && item.topic_id === topic_id);
  return mine.filter((item) => !messages.some(({ id }) => id === item.id));
}
