import type { EventTable } from '@/realtime/events';
import { remindersKey, scheduledKey } from './keys';

export const laterEvents: EventTable = {
  'scheduled.changed': (cache, { body }) => {
    void cache.invalidateQueries({ queryKey: scheduledKey });
    // The words come when they are needed.
    if (body.state === 'failed') void import('./failed').then(({ tellFailed }) => tellFailed());
  },
  // Whoever tells me that its time has come is another feature.
  'reminder.changed': (cache) => void cache.invalidateQueries({ queryKey: remindersKey }),
};
