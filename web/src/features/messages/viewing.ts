/** Which conversations are in front of the reader right now: what arrives there does not count up anywhere. */
import type { Id } from '@/api/types';

const viewed = new Map<string, number>();
const held = new Set<string>();

/** From now until the returned function is called. */
export function view(channel_id: Id, topic_id: Id | null): () => void {
  const key = keyOf(channel_id, topic_id);
  viewed.set(key, (viewed.get(key) ?? 0) + 1);
  return () => viewed.set(key, (viewed.get(key) ?? 1) - 1);
}

export function isViewed(channel_id: Id, topic_id: Id | null): boolean {
  return (viewed.get(keyOf(channel_id, topic_id)) ?? 0) > 0;
}

/** After "unread from here" the same look at the same messages must not undo it: nothing is read until `release`. */
export function holdReading(channel_id: Id, topic_id: Id | null): void {
  held.add(keyOf(channel_id, topic_id));
}

export function releaseReading(channel_id: Id, topic_id: Id | null): void {
  held.delete(keyOf(channel_id, topic_id));
}

export function isReadingHeld(channel_id: Id, topic_id: Id | null): boolean {
  return held.has(keyOf(channel_id, topic_id));
}

function keyOf(channel_id: Id, topic_id: Id | null): string {
  return `${channel_id} ${topic_id ?? ''}`;
}
