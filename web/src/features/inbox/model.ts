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

/** The rest of a plan, with whether the newest message of a place stands above already; how many are new besides is counted
 *  by the server. */
export function restBeside({ items, rest }: Pick<CatchUp, 'items' | 'rest'>): { place: InboxPlace; isShown: boolean }[] {
  const shown = new Set(items.flatMap(({ line, last }) => [line.message_id, ...(last ? [last.message_id] : [])]));
  return rest.map((place) => ({ place, isShown: shown.has(place.line.message_id) }));
}
