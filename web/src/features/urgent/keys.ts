import type { Id } from '@/api/types';

/** The ids of channel, space and person are in them, so that a reset reaches them. */
export const urgentKeys = {
  channel: (channel_id: Id) => ['urgent', channel_id] as const,
  one: (channel_id: Id, urgent_id: Id) => ['urgent', channel_id, urgent_id] as const,
  preview: (channel_id: Id, wanted: string) => ['urgent-preview', channel_id, wanted] as const,
  mine: ['urgent-mine'] as const,
  consents: ['urgent-consents'] as const,
  rota: (space_id: Id) => ['rota', space_id] as const,
};
