/** Writes the state of the page to the disk of this device (see `kept`). Its own chunk: it works once there is something to keep. */
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Id, Seq, Start } from '@/api/types';
import { personOfDevice } from '@/lib/device';
import { BUILD, keepers, type Kept } from '@/realtime/kept';
import { writeKept } from '@/realtime/keptStore';

const WAIT_MS = 2_000;

/** Writes down what changed a moment after it did, and when the page is left. Returns its undo. */
export function keepOnDisk(cache: QueryClient, cursors: () => Record<Id, Seq>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const save = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const kept = keptOf(cache, cursors());
    // A browser that forbids or lacks room keeps nothing, and everything else works.
    if (kept) void writeKept(kept).catch(() => undefined);
  };
  const isKept = (key: QueryKey) => key[0] === 'start' || keepers.has(String(key[0]));
  const stopCache = cache.getQueryCache().subscribe((change) => {
    if (change.type === 'updated' && change.action.type === 'success' && isKept(change.query.queryKey)) timer ??= setTimeout(save, WAIT_MS);
  });
  const leave = () => {
    if (document.visibilityState === 'hidden' && timer) save();
  };
  timer = setTimeout(save, WAIT_MS);
  document.addEventListener('visibilitychange', leave);
  return () => {
    if (timer) clearTimeout(timer);
    stopCache();
    document.removeEventListener('visibilitychange', leave);
  };
}

/** Taken in one go, so that the entries are true for the cursors. */
export function keptOf(cache: QueryClient, cursors: Record<Id, Seq>): Kept | null {
  const start = cache.getQueryData<Start>(['start']);
  if (!start || start.me.id !== personOfDevice() || Object.keys(cursors).length === 0) return null;
  const entries = [...keepers].flatMap(([name, { max, isScoped, slim }]) => {
    const queries = cache.getQueryCache().findAll({ queryKey: [name] }).filter(({ state, queryKey }) => state.data !== undefined && (!isScoped || String(queryKey[1]) in cursors));
    const newest = queries.sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt).slice(0, max);
    return newest.map(({ queryKey, state }) => ({ key: queryKey, data: slim ? slim(state.data) : state.data }));
  });
  return { build: BUILD, start: { ...start, cursors }, entries: entries.filter(({ data }) => data !== null) };
}
