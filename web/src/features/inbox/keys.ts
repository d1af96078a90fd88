import type { Id } from '@/api/types';

export const inboxKeys = {
  all: ['inbox'] as const,
  /** Apart from the rest: the rail shows it always, so no message by the way may ask for it anew. */
  count: ['inbox-count'] as const,
  inbox: (me_id: Id) => ['inbox', 'of', me_id] as const,
  catchUp: (me_id: Id, minutes: number) => ['inbox', 'catch-up', me_id, minutes] as const,
  decisions: (space: Id | null) => ['inbox', 'decisions', space] as const,
};
