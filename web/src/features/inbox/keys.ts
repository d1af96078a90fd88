import type { Id } from '@/api/types';

export const inboxKeys = {
  all: ['inbox'] as const,
  inbox: (me_id: Id) => ['inbox', 'of', me_id] as const,
  catchUp: (me_id: Id, minutes: number) => ['inbox', 'catch-up', me_id, minutes] as const,
  decisions: (space: Id | null) => ['inbox', 'decisions', space] as const,
};
