import type { EventTable } from '@/realtime/events';
import { hoursKey } from './keys';

export const hoursEvents: EventTable = {
  'hours.changed': (cache) => void cache.invalidateQueries({ queryKey: hoursKey }),
};
