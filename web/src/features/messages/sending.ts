/**
 * The seam to other ways of sending than at once, given in by the app. Without it everything is posted at once.
 */
import { createContext, useContext, type ComponentType } from 'react';
import type { Attachment, ChannelRow, Id, Micros, Quote } from '@/api/types';

export type How =
  | { kind: 'at'; due_at: Micros }
  /** When work begins for the others of a direct conversation. */
  | { kind: 'landing' }
  /** At once, and it interrupts nobody. */
  | { kind: 'silent' };

/** What Send can do instead, in words. */
export type Offer = { how: How; label: string };

export type Outgoing = {
  id: Id;
  channel_id: Id;
  topic_id: Id | null;
  text: string;
  files: readonly Attachment[];
  quote: Quote | null;
  everyone_ok: boolean;
};

export type SendParts = {
  /** Items for the menu beside Send. */
  Items: ComponentType<{ channel: ChannelRow; onChoose: (how: How) => void; onPick: () => void }>;
  /** Asks for a time. */
  Dialog: ComponentType<{ channel: ChannelRow; onChoose: (how: How) => void; onClose: () => void }>;
  /** What waits in this conversation already, in a line. */
  Line: ComponentType<{ channel_id: Id; topic_id: Id | null }>;
  /** Says, in a direct conversation with people who are not at work, what Send does there: the first offer. */
  Landing: ComponentType<{ channel: ChannelRow; onOffers: (offers: readonly Offer[]) => void }>;
  /** Rejects when the server refuses; then nothing was done. */
  deliver: (how: How, message: Outgoing) => Promise<void>;
};

export const SendContext = createContext<SendParts | null>(null);

export function useSendParts(): SendParts | null {
  return useContext(SendContext);
}
