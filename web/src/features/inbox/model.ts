/** Sums over the inbox. */
import type { CatchUp, Id, Inbox, InboxCall, InboxPlace } from '@/api/types';

/** Calls that are not asks already: those stand above, with what can be done about them. */
export function callsBeside(inbox: Inbox, asked: ReadonlySet<Id>): InboxCall[] {
  return inbox.calls.filter(({ line }) => !asked.has(line.message_id));
}

export function countUnread(inbox: Inbox): number {
  return [...inbox.directs, ...inbox.rest].reduce((sum, { n_unread }) => sum + n_unread, 0);
}

/** Whole minutes, at least one: nobody reads by seconds. */
export function roundMinutes(seconds: number): number {
  return Math.max(1, Math.round(seconds / 60));
}

/** The rest of a plan, in which nothing is said twice: a channel whose newest message stands above already, with whether
 *  it does; it goes where there is nothing else. */
export function restBeside({ items, rest }: Pick<CatchUp, 'items' | 'rest'>): { place: InboxPlace; isShown: boolean }[] {
  const shown = new Set(items.flatMap(({ line, last }) => [line.message_id, ...(last ? [last.message_id] : [])]));
  const told = rest.map((place) => ({ place, isShown: shown.has(place.line.message_id) }));
  return told.filter(({ place, isShown }) => !isShown || place.n_unread > 1);
}
