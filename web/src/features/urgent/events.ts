/** What is urgent changes: what is on the screen is asked for anew. */
import type { EventTable } from '@/realtime/events';
import { urgentKeys } from './keys';

export const urgentEvents: EventTable = {
  'urgent.changed': (cache, { scope, body }) => {
    void cache.invalidateQueries({ queryKey: urgentKeys.one(scope, body.urgent_id) });
  },
  'urgent.paged': (cache) => void cache.invalidateQueries({ queryKey: urgentKeys.mine }),
  'urgent.settled': (cache) => void cache.invalidateQueries({ queryKey: urgentKeys.mine }),
  'urgent.doubted': (cache, { body }) => {
    void cache.invalidateQueries({ queryKey: urgentKeys.one(body.channel_id, body.urgent_id) });
  },
  'urgent.consent_changed': (cache) => void cache.invalidateQueries({ queryKey: urgentKeys.consents }),
  'rota.changed': (cache, { scope }) => void cache.invalidateQueries({ queryKey: urgentKeys.rota(scope) }),
};
