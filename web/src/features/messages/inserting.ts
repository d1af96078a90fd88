/** Opens a dialog of a composer from elsewhere, such as the palette. */
import type { Id } from '@/api/types';

type Wanted = { kind: string; channel_id: Id; topic_id: Id | null };

let waiting: Wanted | null = null;
const listeners = new Set<() => void>();

/** The composer of that conversation opens it, if it is on the screen. */
export function openInsert(wanted: Wanted): void {
  waiting = wanted;
  for (const listener of listeners) listener();
  waiting = null;
}

/** Its kind, once. */
export function takeInsert(channel_id: Id, topic_id: Id | null): string | null {
  if (waiting?.channel_id !== channel_id || waiting.topic_id !== topic_id) return null;
  const { kind } = waiting;
  waiting = null;
  return kind;
}

export function subscribeToInserts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
