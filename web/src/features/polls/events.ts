/** What events do to polls that are on the screen. */
import type { PollView } from '@/api/types';
import { askAgain } from '@/realtime/askAgain';
import type { EventTable } from '@/realtime/events';
import { findStart } from '@/realtime/start';
import { pollKey } from './keys';
import { afterChange, hasMore } from './model';

export const pollEvents: EventTable = {
  'poll.changed': (cache, { scope, body }) => {
    const me_id = findStart(cache)?.me.id ?? '';
    const key = pollKey(scope, body.poll_id);
    const view = cache.setQueryData<PollView>(key, (before) => before && afterChange(before, body, me_id));
    if (view && hasMore(view, body)) askAgain(cache, key);
  },
};
