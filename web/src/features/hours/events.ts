import type { EventTable } from '@/realtime/events';
import { hoursKey, policyKey } from './keys';

export const hoursEvents: EventTable = {
  'hours.changed': (cache) => void cache.invalidateQueries({ queryKey: hoursKey }),
  'time_policy.changed': (cache) => {
    void cache.invalidateQueries({ queryKey: policyKey });
    void cache.invalidateQueries({ queryKey: hoursKey });
  },
};
