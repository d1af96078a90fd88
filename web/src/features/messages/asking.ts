/**
 * The seam to asks: what stands under a message that wants an answer, and how one asks while writing. Given in by the app;
 * without it nothing asks.
 */
import { createContext, useContext, type ComponentType } from 'react';
import type { ChannelRow, Id, Message, NewAsk } from '@/api/types';

export type AskUnderProps = {
  message: Message;
  me_id: Id;
  /** A member of the channel, who takes part. */
  is_member: boolean;
  tabIndex: 0 | -1;
  /** Begins a reply to it. */
  onReply: () => void;
};

export type AskWritingProps = {
  channel: ChannelRow;
  topic_id: Id | null;
  me_id: Id;
  /** What stands in the composer, with mentions as they are sent. */
  text: string;
  /** `null`: it asks nothing yet. */
  ask: NewAsk | null;
  onAsk: (ask: NewAsk | null) => void;
};

export type AskingParts = {
  Under: ComponentType<AskUnderProps>;
  Writing: ComponentType<AskWritingProps>;
  /** In the composer's menu. */
  Item: ComponentType<Pick<AskWritingProps, 'ask' | 'onAsk'>>;
};

export const AskingContext = createContext<AskingParts | null>(null);

export function useAskingParts(): AskingParts | null {
  return useContext(AskingContext);
}

/** Somebody is asked, or everybody. */
export function asksSomebody(ask: NewAsk): boolean {
  return ask.everyone === true || ask.people.length > 0;
}
