/** What events do to office hours that are on the screen: who waits is in no event, so what is shown is asked for again. */
import type { EventTable } from '@/realtime/events';
import { officeKey } from './keys';

export const officeEvents: EventTable = {
  'office.changed': (cache, { scope, body: { office } }) => {
    void cache.invalidateQueries({ queryKey: officeKey(scope, office.id) });
  },
  'office.told': (cache, { body: { channel_id, office_id } }) => {
    void cache.invalidateQueries({ queryKey: officeKey(channel_id, office_id) });
  },
};
