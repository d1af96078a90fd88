/** How much I want to be told of, where: the nearest place that says something counts. */
import type { ChannelRow, Id, Start, ToldLevel } from '@/api/types';

/** What the snapshot knows of it. */
export type Telling = Pick<Start, 'me' | 'levels'>;

/** In a channel, or in a topic of it. */
export function levelIn({ me, levels }: Telling, row: Pick<ChannelRow, 'id' | 'space_id'>, topic_id: Id | null = null): ToldLevel {
  const places = [topic_id, row.id, row.space_id, me.id];
  return places.map((id) => id && levels[id]).find((level) => level) || 'needs_me';
}

/** With nothing said about a space itself. */
export function levelEverywhere({ me, levels }: Telling): ToldLevel {
  return levels[me.id] ?? 'needs_me';
}
