/**
 * The table from event kind to what it does to the query cache.
 *
 * Each feature exports one `EventTable` and the app registers them all. A handler is pure towards the outside: it reads and
 * writes the given cache, nothing else, and it survives being given an event whose effect is already in the cache (a page may
 * be newer than the event that follows it).
 */
import type { QueryClient } from '@tanstack/react-query';
import type { EventKind, EventOf, Id, ServerEvent } from '@/api/types';

export type { ServerEvent } from '@/api/types';
export type EventTable = { [K in EventKind]?: (cache: QueryClient, event: EventOf<K>) => void };
/** Told when a scope must be read again, or may no longer be read. */
export type ScopeHandler = (cache: QueryClient, scope: Id) => void;

const tables = new Set<EventTable>();
const goneHandlers = new Set<ScopeHandler>();

export function registerEvents(table: EventTable): () => void {
  tables.add(table);
  return () => tables.delete(table);
}

export function registerGone(handler: ScopeHandler): () => void {
  goneHandlers.add(handler);
  return () => goneHandlers.delete(handler);
}

export function applyEvent(cache: QueryClient, event: ServerEvent): void {
  for (const table of tables) applyWith(table, cache, event);
}

export function applyGone(cache: QueryClient, scope: Id): void {
  for (const handler of goneHandlers) handler(cache, scope);
}

/** One table, one event. TypeScript cannot follow that `kind` picks both the handler and the event, hence the one cast. */
export function applyWith(table: EventTable, cache: QueryClient, event: ServerEvent): void {
  const handler = table[event.kind] as ((cache: QueryClient, event: ServerEvent) => void) | undefined;
  handler?.(cache, event);
}
