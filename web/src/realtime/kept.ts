/**
 * The last state of the page on the disk of this device: the snapshot, and the newest entries of the caches that features
 * offered. It is opened when the server cannot be reached or takes long. It is complete with its cursors, so the socket goes
 * on from it exactly as from a fresh snapshot, and nothing has to be asked again.
 *
 * Invariant: it is one person's, the one whom the device belongs to; another person's is never shown (lib/device).
 */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Start } from '@/api/types';
import { personOfDevice } from '@/lib/device';

export type Kept = {
  /** Data of another build may have another shape. */
  build: string;
  start: Start;
  entries: { key: QueryKey; data: unknown }[];
};

type Keeper = {
  /** The newest so many. */
  max: number;
  /** The second part of the key is the scope that the entry is true for; it is kept as long as events of that scope come. */
  isScoped: boolean;
  /** Makes an entry small enough, or nothing. */
  slim?: (data: unknown) => unknown;
};

export const BUILD = import.meta.url;
const offered = new Map<string, Keeper>();
export const keepers: ReadonlyMap<string, Keeper> = offered;

/** Keeps the entries whose key begins with `name`. */
export function keepQueries(name: string, keeper: Keeper): void {
  offered.set(name, keeper);
}

export async function readKept(): Promise<Kept | null> {
  if (personOfDevice() === null) return null;
  const kept = await import('@/realtime/keptStore').then((store) => store.readKept()).catch(() => null);
  return kept && kept.build === BUILD && kept.start.me.id === personOfDevice() ? kept : null;
}

export function putKept(cache: QueryClient, kept: Kept): Start {
  for (const { key, data } of kept.entries) if (cache.getQueryData(key) === undefined) cache.setQueryData(key, data);
  return kept.start;
}
