import type { QueryClient } from '@tanstack/react-query';
import type { EventTable } from '@/realtime/events';
import { meetingsKey } from './keys';

const changed = (cache: QueryClient) => void cache.invalidateQueries({ queryKey: meetingsKey });

export const calendarEvents: EventTable = {
  'meeting.invited': changed,
  'meeting.moved': changed,
  'meeting.changed': changed,
  'meeting.canceled': changed,
  'meeting.answered': changed,
  'meeting.soon': changed,
};
