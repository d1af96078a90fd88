/**
 * The snapshot that the app is drawn from, kept true by the events that follow its cursors.
 *
 * `Start.page` never stays in this entry: whoever registered with `onStart` takes it. Counts of unread messages come from
 * here and from events only; nothing in the browser stores them anywhere else.
 */
import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api, isTransient } from '@/api/client';
import type { ChannelRow, Id, Me, Start } from '@/api/types';
import { savesData } from '@/lib/dataUse';
import { setPersonOfDevice } from '@/lib/device';
import { readText, writeText } from '@/lib/storage';
import { putKept, readKept } from '@/realtime/kept';
import { putPeople } from '@/realtime/people';

const LAST_CHANNEL = 'antiphon.last-channel';
/** A screen a moment old is worth more than an empty one after this long. */
const PATIENCE_MS = 800;
const CHANNEL_PATH = /^\/c\/([0-9a-f-]{36})/;

type StartHandler = (cache: QueryClient, start: Start) => void;
const handlers = new Set<StartHandler>();

/** Called with each fresh snapshot before it is shown. */
export function onStart(handler: StartHandler): () => void {
  handlers.add(handler);
  return () => handlers.delete(handler);
}

export const startQuery = queryOptions({
  queryKey: ['start'],
  queryFn: ({ client, signal }) => (findStart(client) ? fetchStart(client, signal) : beginStart(client, signal)),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

export function useStart() {
  return useQuery(startQuery);
}

/** Me. Only below the shell, which shows nothing until the snapshot is here. */
export function useMe(): Me | undefined {
  return useQuery({ ...startQuery, select: (start) => start.me }).data;
}

export function useChannelRow(id: Id): ChannelRow | undefined {
  return useQuery({ ...startQuery, select: (start) => start.channels.find((row) => row.id === id) }).data;
}

export function findStart(cache: QueryClient): Start | undefined {
  return cache.getQueryData(startQuery.queryKey);
}

export function updateStart(cache: QueryClient, change: (start: Start) => Start): void {
  cache.setQueryData(startQuery.queryKey, (start) => start && change(start));
}

/** Changes one channel's row; leaves the snapshot untouched (the same object) if the channel is not in it. */
export function updateRow(cache: QueryClient, id: Id, change: (row: ChannelRow) => ChannelRow): void {
  updateStart(cache, (start) => {
    const idx = start.channels.findIndex((row) => row.id === id);
    const row = start.channels[idx];
    if (!row) return start;
    const changed = change(row);
    return changed === row ? start : { ...start, channels: start.channels.with(idx, changed) };
  });
}

export function rememberChannel(id: Id): void {
  writeText(LAST_CHANNEL, id);
}

export function lastChannel(): Id | null {
  return readText(LAST_CHANNEL);
}

async function fetchStart(client: QueryClient, signal: AbortSignal): Promise<Start> {
  const start = await api.get<Start>('/api/start', { channel: wantedChannel(), limit: savesData() ? 30 : 50 }, { signal });
  setPersonOfDevice(start.me.id);
  putPeople(client, [...start.people, start.me]);
  for (const handler of handlers) handler(client, start);
  return { ...start, page: null, people: [] };
}

/** The first one of this page: where the server is out of reach or slow, the one that this device kept. */
async function beginStart(client: QueryClient, signal: AbortSignal): Promise<Start> {
  const enough = new AbortController();
  signal.addEventListener('abort', () => enough.abort());
  let isHere = false;
  const asked = fetchStart(client, enough.signal).finally(() => (isHere = true));
  const isOut = asked.then(
    () => false,
    (error: unknown) => isTransient(error),
  );
  const isLate = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, true));
  if (!(await Promise.race([isOut, isLate]))) return asked;
  const reading = readKept();
  const kept = await Promise.race([reading, isOut.then((isSo) => (isSo ? reading : null))]);
  // Both at once would mix two moments. What has arrived meanwhile is the newer one.
  if (!kept || (isHere && !(await isOut))) return asked;
  enough.abort();
  return putKept(client, kept);
}

/** The channel in the address, else the one that was open last, so that one request draws the whole screen. */
function wantedChannel(): Id | null {
  return CHANNEL_PATH.exec(location.pathname)?.[1] ?? lastChannel();
}
