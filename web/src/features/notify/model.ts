/** What the events and the numbers of notices mean. Pure. */
import type { HeldMessage, HeldNotices, Id, MessagePosted, NoticeReleased, Start } from '@/api/types';
import type { Micros } from '@/lib/time';

/** Whether it is worth asking what waits: what a message may call me by. The server decides. */
export function callsMe({ message, topic, everyone, called }: MessagePosted, { me, channels, levels }: Pick<Start, 'me' | 'channels' | 'levels'>): boolean {
  if (message.author_id === me.id) return false;
  if (Object.values(levels).includes('all')) return true;
  if (everyone || topic || called?.includes(me.id) || message.text.includes(me.id)) return true;
  return channels.find(({ id }) => id === message.channel_id)?.kind === 'direct';
}

/** Whether this device tells it. Nobody knows of a device in use: each does. */
export function isToldHere({ device_in_use }: Pick<NoticeReleased, 'device_in_use'>, session_id: Id | undefined): boolean {
  return device_in_use === null || session_id === undefined || device_in_use === session_id;
}

/** Until when a message waits for others, and for how many. */
export function waitOf(items: readonly HeldMessage[], message_id: Id, now: Micros): { n: number; last: HeldMessage } | null {
  const waiting = items.filter((item) => item.message_id === message_id && item.until > now);
  const last = waiting.reduce<HeldMessage | null>((last, item) => (last && last.until >= item.until ? last : item), null);
  return last && { n: waiting.length, last };
}

/** "Asia/Tokyo" is called after its city. */
export function cityOf(time_zone: string): string {
  return (time_zone.split('/').at(-1) ?? time_zone).replaceAll('_', ' ');
}

/** The next moment at which something is told, while something waits. */
export function nextTelling({ n_held, next_at }: HeldNotices, now: Micros): Micros | null {
  return n_held > 0 && next_at !== null && next_at > now ? next_at : null;
}
