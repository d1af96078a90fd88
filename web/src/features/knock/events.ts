import { untilThere } from '@/lib/untilThere';
import type { KnockView } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { findStart } from '@/realtime/start';
import { knockKey } from './keys';

export const knockEvents: EventTable = {
  'knock.changed': (cache, { scope, body }) => {
    const { knock } = body;
    cache.setQueryData<KnockView>(knockKey(scope), { knock });
    const isForMe = knock !== null && knock.to_id === findStart(cache)?.me.id && knock.answer === null;
    // The words come when they are needed. Nothing rings: it is there for whoever looks.
    if (isForMe) void untilThere(() => import('./tell')).then(({ tell }) => tell(cache, knock));
  },
};
