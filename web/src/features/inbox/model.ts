/** Sums over the inbox. */
import type { Inbox, InboxCall, Id } from '@/api/types';

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
