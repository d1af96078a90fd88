import type { Id } from '@/api/types';

/** The channel's id is in it, so that a reset of the channel reaches it. */
export const pollKey = (channel_id: Id, poll_id: Id) => ['poll', channel_id, poll_id] as const;

export const preparedKey = (channel_id: Id) => ['prepared-polls', channel_id] as const;
