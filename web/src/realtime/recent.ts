/**
 * The last events of each scope, for answers that were overtaken: a page asked for before an event and received after it is
 * older than the cache already is. Whoever puts an answer into the cache brings it up to date with `after`.
 */
import type { Id, Seq, ServerEvent } from '@/api/types';

/** A request that is overtaken by more than this is simply made again. */
const MAX_EVENTS_PER_SCOPE = 200;

export class RecentEvents {
  readonly #scopes = new Map<Id, ServerEvent[]>();

  add(event: ServerEvent): void {
    const events = this.#scopes.get(event.scope) ?? [];
    events.push(event);
    if (events.length > MAX_EVENTS_PER_SCOPE) events.shift();
    this.#scopes.set(event.scope, events);
  }

  /** The events past `seq`, or `null` when some of them are no longer held. */
  after(scope: Id, seq: Seq): ServerEvent[] | null {
    const events = this.#scopes.get(scope) ?? [];
    const [oldest] = events;
    if (oldest && events.length === MAX_EVENTS_PER_SCOPE && oldest.seq > seq + 1) return null;
    return events.filter((event) => event.seq > seq);
  }

  forget(scope: Id): void {
    this.#scopes.delete(scope);
  }
}

export const recentEvents = new RecentEvents();
