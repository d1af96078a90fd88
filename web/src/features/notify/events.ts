/** What is told to me, on my own log. */
import type { QueryClient } from '@tanstack/react-query';
import type { HeldMessages, HeldNotices, NoticeReleased } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { findStart } from '@/realtime/start';
import { heldMessagesKey, noticesKey, tellingsKey } from './keys';
import { callsMe } from './model';

/** By then the server knows what becomes of it. */
const DECIDED_AFTER_MS = 5_000;
let asking: ReturnType<typeof setTimeout> | undefined;

export const notifyEvents: EventTable = {
  'notice.released': (cache, { body }) => {
    cache.setQueryData<readonly NoticeReleased[]>(tellingsKey, (waiting = []) => [
      ...waiting.filter(({ release_id }) => release_id !== body.release_id),
      body,
    ]);
    void cache.invalidateQueries({ queryKey: noticesKey });
  },
  'device.used': (cache, { body }) => {
    cache.setQueryData<HeldNotices>(noticesKey, (known) => known && { ...known, device_in_use: body.session_id });
  },
  'message.held': (cache, { body: { channel_id, ...held } }) => {
    cache.setQueryData<HeldMessages>(
      heldMessagesKey(channel_id),
      (known) =>
        known && { items: [held, ...known.items.filter((item) => item.message_id !== held.message_id || item.person_id !== held.person_id)] },
    );
  },
  'message.posted': (cache, { body }) => {
    const start = findStart(cache);
    if (start && callsMe(body, start)) askSoon(cache);
  },
  'message.deleted': askSoon,
  'read.moved': askSoon,
  'hours.changed': askSoon,
  'time_policy.changed': askSoon,
  'level.changed': askSoon,
};

/** Many events are one question, and none when nobody looks at the answer. */
function askSoon(cache: QueryClient): void {
  clearTimeout(asking);
  asking = setTimeout(() => void cache.invalidateQueries({ queryKey: noticesKey }), DECIDED_AFTER_MS);
}
