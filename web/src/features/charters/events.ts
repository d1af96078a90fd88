import type { EventTable } from '@/realtime/events';

export const charterEvents: EventTable = {
  // What one place says holds in all that lie in it.
  'charter.changed': (cache) => void cache.invalidateQueries({ queryKey: ['charter'] }),
};
