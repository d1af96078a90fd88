import type { Id } from '@/api/types';

export const knockKey = (channel_id: Id) => ['knock', channel_id] as const;
