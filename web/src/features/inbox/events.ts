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

export const inboxEvents: EventTable = {
  'urgent.paged': askAgain,
  'urgent.settled': askAgain,
  'message.posted': askAgain,
  'message.edited': askAgain,
  'message.deleted': askAgain,
  'messages.gone': askAgain,
  'messages.moved': askAgain,
  'read.moved': askAgain,
  'topic.changed': askAgain,
};
