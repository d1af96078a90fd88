/** Which messages go along when one is moved with all that follow it. */
import type { Id, Message } from '@/api/types';

/** As many as the server takes at a time. */
export const MAX_MOVED = 100;

/** The message and those after it, without deleted ones and those at which a topic begins: these stay where they are. */
export function movableFrom(messages: readonly Message[], message: Message): Id[] {
  const rest = messages.filter((other) => other.seq >= message.seq && !other.deleted && !other.topic);
  return rest.slice(0, MAX_MOVED).map(({ id }) => id);
}
