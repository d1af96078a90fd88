import type { Id } from '@/api/types';

/** The channel's id is in it, so that a reset of the channel reaches it. */
export const liveKey = (channel_id: Id, live_id: Id) => ['live', channel_id, live_id] as const;
