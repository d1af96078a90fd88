/** What events do to polls that are on the screen. */
import type { PollView } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { findStart } from '@/realtime/start';
import { pollKey } from './keys';
import { afterChange } from './model';

export const pollEvents: EventTable = {
  'poll.changed': (cache, { scope, body }) => {
    const me_id = findStart(cache)?.me.id ?? '';
    cache.setQueryData<PollView>(pollKey(scope, body.poll_id), (view) => view && afterChange(view, body, me_id));
  },
};
