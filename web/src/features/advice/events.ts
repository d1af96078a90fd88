import type { EventTable } from '@/realtime/events';
import { timingsKey } from './keys';

/** What is open, and whose turn it is, decides. */
export const adviceEvents: EventTable = {
  'ask.moved': (cache) => void cache.invalidateQueries({ queryKey: timingsKey }),
};
