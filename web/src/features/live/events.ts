/** What events do to live sessions that are on the screen. */
import type { LiveList, LiveView } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { liveKey, liveNowKey } from './keys';
import { ring } from './ringing';

export const liveEvents: EventTable = {
  'live.changed': (cache, { scope, body: { session } }) => {
    const key = liveKey(scope, session.id);
    const before = cache.getQueryData<LiveView>(key)?.session;
    cache.setQueryData<LiveView>(key, (view) => view && { ...view, session });
    // Titles, points and names of rooms are in no event; and whether I can object is for me alone.
    const isOld = before && (before.revision !== session.revision || before.decision?.message_id !== session.decision?.message_id);
    if (isOld) void cache.invalidateQueries({ queryKey: key, exact: true });
    let isListed = false;
    cache.setQueryData<LiveList>(liveNowKey, (list) => {
      isListed = list !== undefined && session.ended_at === null && list.sessions.some(({ id }) => id === session.id);
      return isListed && list ? { ...list, sessions: list.sessions.map((one) => (one.id === session.id ? session : one)) } : list;
    });
    // What begins and what ends is rare, and titles are in no event.
    if (!isListed) void cache.invalidateQueries({ queryKey: liveNowKey });
  },
  'live.noted': (cache, { scope, body }) => {
    void cache.invalidateQueries({ queryKey: ['live-notes', scope, body.live_id] });
  },
  'live.rang': (_cache, { body }) => ring(body),
};
