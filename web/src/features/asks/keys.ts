import type { AskSide, Id } from '@/api/types';

/** A stretch holds the asks of so many places; the server gives no longer one. */
export const STRETCH = 200;

/** The ids of channel and person are in them, so that a reset reaches them. */
export const askKeys = {
  channel: (channel_id: Id) => ['asks', channel_id] as const,
  stretch: (channel_id: Id, from: number) => ['asks', channel_id, 'stretch', from] as const,
  preview: (channel_id: Id, wanted: string) => ['asks', channel_id, 'preview', wanted] as const,
  missing: (channel_id: Id, message_id: Id) => ['asks', channel_id, 'missing', message_id] as const,
  list: (me_id: Id, side: AskSide) => ['asks-mine', me_id, side] as const,
  counts: (me_id: Id) => ['asks-mine', me_id, 'counts'] as const,
  mine: ['asks-mine'] as const,
  words: ['ask-words'] as const,
};

/** The first place of the stretch in which a message stands. */
export function stretchOf(seq: number): number {
  return Math.floor((seq - 1) / STRETCH) * STRETCH + 1;
}
