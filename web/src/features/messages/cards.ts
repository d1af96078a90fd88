/**
 * The seam to what other features put under a message, given in by the app. Without it a message stands alone, and nothing
 * but text can be written.
 */
import { createContext, useContext, type ComponentType } from 'react';
import type { ChannelRow, Id, Message } from '@/api/types';

export type CardProps = {
  message: Message;
  me_id: Id;
  /** A member of the channel, who takes part. */
  is_member: boolean;
  can_manage: boolean;
  tabIndex: 0 | -1;
};

export type InsertProps = {
  channel: ChannelRow;
  topic_id: Id | null;
  /** What stands in the composer already. */
  text: string;
  /** The same as it is sent, with mentions. */
  words: string;
  onClose: () => void;
  /** It is posted: the composer may be emptied. */
  onDone: () => void;
  /** Another of these dialogs takes the place of this one. */
  onInstead: (kind: string) => void;
  /** Null where a topic cannot begin. */
  onNewTopic: (() => void) | null;
};

/** Addresses outside to which a message leads, as its text has them. */
export type LinkProps = Omit<CardProps, 'is_member'> & { hrefs: readonly string[] };

/** What becomes of a message of mine in a direct conversation. */
export type StateProps = { message: Message };

export type CardParts = {
  /** What is said of a message of mine while it is not plainly there. */
  State: ComponentType<StateProps>;
  /** What the pages say to which a message leads. */
  Links: ComponentType<LinkProps>;
  /** What draws a card, by its kind. */
  cards: Readonly<Record<string, ComponentType<CardProps>>>;
  /** Items for the composer's menu. */
  Items: ComponentType<{ onChoose: (kind: string) => void }>;
  /** What is asked before a card is posted, by its kind. */
  dialogs: Readonly<Record<string, ComponentType<InsertProps>>>;
};

export const CardContext = createContext<CardParts | null>(null);

export function useCardParts(): CardParts | null {
  return useContext(CardContext);
}
