import { untilThere } from '@/lib/untilThere';
import type { EventTable } from '@/realtime/events';
import type { CheckIn } from '@/api/types';
import { checkInKey, remindersKey, routinesKey, scheduledKey } from './keys';

export const laterEvents: EventTable = {
  'scheduled.changed': (cache, { body }) => {
    void cache.invalidateQueries({ queryKey: scheduledKey });
    // The words come when they are needed.
    if (body.state === 'failed') void untilThere(() => import('./failed')).then(({ tellFailed }) => tellFailed());
  },
  // Whoever tells me that its time has come is another feature.
  'reminder.changed': (cache) => void cache.invalidateQueries({ queryKey: remindersKey }),
  'routine.changed': (cache, { body }) => {
    void cache.invalidateQueries({ queryKey: routinesKey });
    if (body.state === 'stopped') void untilThere(() => import('./failed')).then(({ tellStopped }) => tellStopped());
  },
  'check_in.changed': (cache, { body: { message_id, ...counts } }) => {
    cache.setQueryData<CheckIn>(checkInKey(message_id), (view) => view && { ...view, ...counts });
  },
  'check_in.turned': (cache, { body: { message_id, state } }) => {
    cache.setQueryData<CheckIn>(checkInKey(message_id), (view) => view && { ...view, mine: state });
  },
};
