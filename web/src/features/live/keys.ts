import type { Id } from '@/api/types';

/** The channel's id is in it, so that a reset of the channel reaches it. */
export const liveKey = (channel_id: Id, live_id: Id) => ['live', channel_id, live_id] as const;
export const liveNowKey = ['live-now'] as const;
export const notesKey = (channel_id: Id, live_id: Id, breakout_id: Id) => ['live-notes', channel_id, live_id, breakout_id] as const;
