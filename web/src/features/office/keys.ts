import type { Id } from '@/api/types';

/** The channel's id is in it, so that a reset of the channel reaches it. */
export const officeKey = (channel_id: Id, office_id: Id) => ['office', channel_id, office_id] as const;
