import type { QueryClient } from '@tanstack/react-query';
import type { EventTable } from '@/realtime/events';
import { meetingsKey, timePollsKey } from './keys';

const changed = (cache: QueryClient) => void cache.invalidateQueries({ queryKey: meetingsKey });

const asked = (cache: QueryClient) => void cache.invalidateQueries({ queryKey: timePollsKey });

export const calendarEvents: EventTable = {
  'meeting.invited': changed,
  'meeting.moved': changed,
  'meeting.changed': changed,
  'meeting.canceled': changed,
  'meeting.answered': changed,
  'meeting.soon': changed,
  'meeting.park_ended': changed,
  'time_poll.asked': asked,
  'time_poll.changed': asked,
};
