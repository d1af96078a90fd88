import { createContext, use } from 'react';
import type { Id, Message } from '@/api/types';
import type { OutboxItem } from '@/realtime/outbox';

/** What can be done from a row. One steady object for the whole feed, so that rows are not drawn again for it. */
export type MessageActions = {
  react: (message: Message, emoji: string, added: boolean) => void;
  pickEmoji: (message: Message, anchor: Element) => void;
  quote: (message: Message) => void;
  /** Opens the topic that began here, or starts one. */
  topic: (message: Message) => void;
  copyLink: (message: Message) => void;
  edit: (message: Message) => void;
  remove: (message: Message) => void;
  unreadFrom: (message: Message) => void;
  showReactions: (message: Message) => void;
  showHistory: (message: Message) => void;
  pin: (message: Message, pinned: boolean) => void;
  save: (message: Message, saved: boolean) => void;
  forward: (message: Message) => void;
  /** Into a topic, or out of one. */
  move: (message: Message) => void;
  /** What another feature does with a message. */
  open: (message: Message, kind: string) => void;
  jumpTo: (message_id: Id) => void;
  /** `words_ok`: says what the word list asks about all the same. */
  retry: (id: Id, words_ok?: boolean) => void;
  /** Takes what was not sent back into the composer. */
  rewrite: (item: OutboxItem) => void;
  discard: (id: Id) => void;
};

export type FeedContext = {
  me_id: Id;
  can_post: boolean;
  is_member: boolean;
  /** An administrator of the channel may delete what others wrote. */
  can_manage: boolean;
  /** Whose messages are folded here. */
  blocked: readonly Id[];
  /** Topics are not nested. */
  in_topic: boolean;
  /** Between two people or a few, who are waited for. */
  is_direct: boolean;
  actions: MessageActions;
};

export const FeedContext = createContext<FeedContext | null>(null);

export function useFeed(): FeedContext {
  const feed = use(FeedContext);
  if (!feed) throw new Error('a message is drawn outside of a feed');
  return feed;
}
