import type { Id } from '@/api/types';

export const timingsKey = ['timing'] as const;
export const timingKey = (channel_id: Id, topic_id: Id | null) => [...timingsKey, channel_id, topic_id] as const;
