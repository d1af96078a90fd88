/** What comes back into a composer from elsewhere: a post that was taken back, or could not be sent. */
import type { Attachment, Id } from '@/api/types';

export type HandedBack = { channel_id: Id; topic_id: Id | null; text: string; files: readonly Attachment[] };

let waiting: HandedBack | null = null;
const listeners = new Set<() => void>();

/** The composer of that conversation takes it, now or when it is opened. */
export function handBack(given: HandedBack): void {
  waiting = given;
  for (const listener of listeners) listener();
}

/** Once. */
export function takeHandedBack(channel_id: Id, topic_id: Id | null): HandedBack | null {
  if (waiting?.channel_id !== channel_id || waiting.topic_id !== topic_id) return null;
  const taken = waiting;
  waiting = null;
  return taken;
}

export function subscribeToHandedBack(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
