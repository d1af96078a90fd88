/** What events do to live sessions that are on the screen. */
import type { LiveView } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { liveKey } from './keys';

export const liveEvents: EventTable = {
  'live.changed': (cache, { scope, body }) => {
    cache.setQueryData<LiveView>(liveKey(scope, body.session.id), (view) => view && { ...view, session: body.session });
  },
};
