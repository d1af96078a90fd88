/** What events do to cards that are on the screen. */
import type { LinkCard } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { cardsKey } from './keys';

export const linkEvents: EventTable = {
  'links.changed': (cache, { scope, body }) => cache.setQueryData<LinkCard[]>(cardsKey(scope, body.message_id), body.cards),
};
