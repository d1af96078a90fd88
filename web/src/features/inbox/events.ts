/** The server reckons what is new; events only say that it is time to ask again. */
import type { QueryClient } from '@tanstack/react-query';
import type { EventTable } from '@/realtime/events';
import { inboxKeys } from './keys';

/** A busy minute asks once. */
const WAIT_MS = 1_500;
let timer: ReturnType<typeof setTimeout> | null = null;

function askAgain(cache: QueryClient): void {
  timer ??= setTimeout(() => {
    timer = null;
    void cache.invalidateQueries({ queryKey: inboxKeys.all });
  }, WAIT_MS);
}

/** What the device cannot count itself has moved. */
function countAgain(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: inboxKeys.count });
  askAgain(cache);
}

export const inboxEvents: EventTable = {
  'ask.moved': countAgain,
  // Whoever is asked with everybody else hears of it only here.
  'ask.opened': (cache, { body }) => body.ask.everyone && countAgain(cache),
  'ask.changed': (cache, { body }) => body.ask.everyone && countAgain(cache),
  'urgent.changed': countAgain,
  'urgent.paged': countAgain,
  'urgent.settled': countAgain,
  // A decision of a session is final, or open again.
  'live.changed': (cache, { body }) => body.session.decision && askAgain(cache),
  'message.posted': askAgain,
  'message.edited': askAgain,
  'message.deleted': askAgain,
  'messages.gone': askAgain,
  'messages.moved': askAgain,
  'read.moved': askAgain,
  'topic.changed': askAgain,
};
