/** What events do to live sessions that are on the screen. */
import type { LiveList, LiveView } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { liveKey, liveNowKey } from './keys';
import { after } from './model';
import { ring } from './ringing';

/** Over this those who read along ask again after a change of many, in ms. */
const SPREAD_MS = 2000;

export const liveEvents: EventTable = {
  'live.changed': (cache, { scope, body }) => {
    const { session, roster } = body;
    const key = liveKey(scope, session.id);
    const before = cache.getQueryData<LiveView>(key)?.session;
    cache.setQueryData<LiveView>(key, (view) => view && { ...view, session: after(view.session, body) });
    // Not everybody in the same moment: it is a large session.
    if (roster === 'ask' && session.ended_at === null) setTimeout(() => void cache.invalidateQueries({ queryKey: key, exact: true }), Math.random() * SPREAD_MS);
    // Titles, points and names of rooms are in no event; and whether I can object is for me alone.
    const isOld = before && (before.revision !== session.revision || before.decision?.message_id !== session.decision?.message_id);
    if (isOld) void cache.invalidateQueries({ queryKey: key, exact: true });
    let isListed = false;
    cache.setQueryData<LiveList>(liveNowKey, (list) => {
      isListed = list !== undefined && session.ended_at === null && list.sessions.some(({ id }) => id === session.id);
      return isListed && list ? { ...list, sessions: list.sessions.map((one) => (one.id === session.id ? after(one, body) : one)) } : list;
    });
    // What begins and what ends is rare, and titles are in no event.
    if (!isListed) void cache.invalidateQueries({ queryKey: liveNowKey });
  },
  'live.noted': (cache, { scope, body }) => {
    void cache.invalidateQueries({ queryKey: ['live-notes', scope, body.live_id] });
  },
  'live.rang': (_cache, { body }) => ring(body),
};
