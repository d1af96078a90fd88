import type { Id } from '@/api/types';

export const noticesKey = ['notices'] as const;
/** What was told and is not shown yet. */
export const tellingsKey = ['tellings'] as const;
export const heldMessagesKey = (channel_id: Id) => ['held-messages', channel_id] as const;
