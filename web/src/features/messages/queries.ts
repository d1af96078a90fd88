/** Windows onto the messages of a channel or topic: reading them page by page, and the acts on one message. */
import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChannelRow, ChannelView, Id, Message, MessagePage, MessagePlace, MessageVersion, Person, Reaction, Seq } from '@/api/types';
import { savesData } from '@/lib/dataUse';
import { keepQueries } from '@/realtime/kept';
import { onSent } from '@/realtime/live';
import { putGroupNames } from '@/realtime/groups';
import { putPeople } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { findStart, onStart, startQuery } from '@/realtime/start';
import { keys } from './keys';
import { afterEvent, slimWindow, windowOf, withMessage, withNewer, withOlder, withReaction, type MessageWindow } from './model';

const FIRST_PAGE = 50;
const NEXT_PAGE = 100;
/** Where data is saved, also the next. */
const SMALL_PAGE = 30;
/** So many conversations can be read without a network. */
const KEPT_WINDOWS = 12;
const KEEP_MS = 30 * 60_000;

export const windowQuery = (channel_id: Id, topic_id: Id | null) =>
  queryOptions({
    queryKey: keys.window(channel_id, topic_id),
    queryFn: ({ client }) => fetchWindow(client, channel_id, topic_id, {}),
    // Events keep it true; it is asked for again only after a reset.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEEP_MS,
  });

export function useWindow(channel_id: Id, topic_id: Id | null) {
  return useQuery(windowQuery(channel_id, topic_id));
}

export async function loadOlder(cache: QueryClient, channel_id: Id, topic_id: Id | null): Promise<void> {
  const first = findWindow(cache, channel_id, topic_id)?.messages[0];
  if (!first) return;
  const page = await fetchPage(cache, channel_id, topic_id, { before: first.seq });
  setWindow(cache, channel_id, topic_id, (window) => withOlder(window, page));
}

export async function loadNewer(cache: QueryClient, channel_id: Id, topic_id: Id | null): Promise<void> {
  const last = findWindow(cache, channel_id, topic_id)?.messages.at(-1);
  if (!last) return;
  const page = await fetchPage(cache, channel_id, topic_id, { after: last.seq });
  setWindow(cache, channel_id, topic_id, (window) => {
    const grown = withNewer(window, page);
    // At the end of the log the window must not be older than the page that says so.
    return grown.has_newer ? grown : catchUp(cache, { ...grown, seq: Math.min(window.seq, page.seq) });
  });
}

/** Shows another part of the log in place of this one. */
export async function loadAround(cache: QueryClient, channel_id: Id, topic_id: Id | null, seq: Seq): Promise<void> {
  const window = await fetchWindow(cache, channel_id, topic_id, { around: seq });
  cache.setQueryData(keys.window(channel_id, topic_id), window);
}

export async function loadLatest(cache: QueryClient, channel_id: Id, topic_id: Id | null): Promise<void> {
  const window = await fetchWindow(cache, channel_id, topic_id, {});
  cache.setQueryData(keys.window(channel_id, topic_id), window);
}

export function findWindow(cache: QueryClient, channel_id: Id, topic_id: Id | null): MessageWindow | undefined {
  return cache.getQueryData<MessageWindow>(keys.window(channel_id, topic_id));
}

export function fetchPlace(cache: QueryClient, message_id: Id): Promise<MessagePlace> {
  return cache.fetchQuery({
    queryKey: keys.place(message_id),
    queryFn: ({ signal }) => api.get<MessagePlace>(`/api/messages/${message_id}`, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The channel as the snapshot has it, or asked for when I am not in it. */
export function useChannel(channel_id: Id) {
  const inStart = useQuery({ ...startQuery, select: (start) => start.channels.find(({ id }) => id === channel_id) });
  const asked = useQuery({
    queryKey: keys.channel(channel_id),
    queryFn: ({ signal }) => api.get<ChannelRow>(`/api/channels/${channel_id}`, {}, { signal }),
    enabled: inStart.isSuccess && !inStart.data,
  });
  return { channel: inStart.data ?? asked.data, error: inStart.error ?? asked.error, refetch: asked.refetch };
}

export function useJoin(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<ChannelView>(`/api/channels/${channel_id}/join`),
    onSuccess: () => cache.invalidateQueries({ queryKey: startQuery.queryKey }),
  });
}

export function useEdit() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ message, ...change }: { message: Message; text: string; file_ids: Id[] }) =>
      api.patch<Message>(pathOf(message), change),
    onSuccess: (edited) => replaceMessage(cache, edited),
  });
}

export function useDelete() {
  return useMutation({ mutationFn: (message: Message) => api.del(pathOf(message)) });
}

/** Takes away what somebody else wrote; its author is told why. */
export function useRemove() {
  return useMutation({
    mutationFn: ({ message, reason }: { message: Message; reason: string }) =>
      api.post<void>(`${pathOf(message)}/remove`, reason.trim() ? { reason: reason.trim() } : {}),
  });
}

export function useReact() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ message, emoji, added }: ReactRequest) => {
      const path = `${pathOf(message)}/reactions/${encodeURIComponent(emoji)}`;
      return added ? api.put<void>(path) : api.del(path);
    },
    onMutate: (request) => showReaction(cache, request),
    onError: (_error, request) => showReaction(cache, { ...request, added: !request.added }),
  });
}

export function useHistory(message: Message) {
  return useQuery({
    queryKey: keys.history(message.channel_id, message.id),
    queryFn: ({ signal }) => api.get<{ items: MessageVersion[] }>(`${pathOf(message)}/history`, {}, { signal }),
    staleTime: 0,
  });
}

export function useReactors(message: Message, { emoji, n }: Reaction) {
  const path = `${pathOf(message)}/reactions/${encodeURIComponent(emoji)}`;
  return useQuery({
    queryKey: keys.reactors(message.channel_id, message.id, emoji, n),
    queryFn: ({ signal }) => api.get<{ people: Person[] }>(path, {}, { signal }),
    select: ({ people }) => people,
    staleTime: 0,
  });
}

/** Takes the first page out of the snapshot, keeps the last conversations for reading without a network, and shows what the outbox got through. */
export function beginMessages(): () => void {
  keepQueries(keys.windows('')[0], { max: KEPT_WINDOWS, isScoped: true, slim: slimWindow });
  keepQueries(keys.topic('', '')[0], { max: KEPT_WINDOWS, isScoped: true });
  const stopStart = onStart((cache, { page }) => {
    if (!page || findWindow(cache, page.channel_id, page.topic_id)) return;
    putPeople(cache, page.people);
    putGroupNames(cache, page.groups);
    cache.setQueryData(keys.window(page.channel_id, page.topic_id), catchUp(cache, windowOf(page)));
  });
  const stopSent = onSent((cache, message) =>
    setWindow(cache, message.channel_id, message.topic_id, (window) => withMessage(window, message)),
  );
  return () => {
    stopStart();
    stopSent();
  };
}

export function setWindow(
  cache: QueryClient,
  channel_id: Id,
  topic_id: Id | null,
  change: (window: MessageWindow) => MessageWindow,
): void {
  cache.setQueryData<MessageWindow>(keys.window(channel_id, topic_id), (window) => window && change(window));
}

type ReactRequest = { message: Message; emoji: string; added: boolean };
type Where = { before?: Seq; after?: Seq; around?: Seq };

async function fetchWindow(cache: QueryClient, channel_id: Id, topic_id: Id | null, where: Where): Promise<MessageWindow> {
  for (;;) {
    const page = await fetchPage(cache, channel_id, topic_id, where, savesData() ? SMALL_PAGE : FIRST_PAGE);
    // An answer overtaken by more events than are held is asked for again.
    const epoch = (findWindow(cache, channel_id, topic_id)?.epoch ?? -1) + 1;
    if (recentEvents.after(channel_id, page.seq)) return catchUp(cache, windowOf(page, epoch));
  }
}

async function fetchPage(cache: QueryClient, channel_id: Id, topic_id: Id | null, where: Where, limit = savesData() ? SMALL_PAGE : NEXT_PAGE) {
  const page = await api.get<MessagePage>(`/api/channels/${channel_id}/messages`, { ...where, topic: topic_id, limit });
  putPeople(cache, page.people);
  putGroupNames(cache, page.groups);
  return page;
}

function catchUp(cache: QueryClient, window: MessageWindow): MessageWindow {
  const me_id = findStart(cache)?.me.id ?? '';
  const missed = recentEvents.after(window.channel_id, window.seq);
  if (!missed) void cache.invalidateQueries({ queryKey: keys.window(window.channel_id, window.topic_id) });
  return (missed ?? []).reduce((grown, event) => afterEvent(grown, event, me_id), window);
}

function showReaction(cache: QueryClient, { message, emoji, added }: ReactRequest): void {
  const me_id = findStart(cache)?.me.id ?? '';
  const old = message.reactions.find((reaction) => reaction.emoji === emoji);
  const others = (old?.people ?? []).filter((id) => id !== me_id);
  const n = (old?.n ?? 0) - (old?.mine ? 1 : 0) + (added ? 1 : 0);
  const change = { emoji, n, people: added ? [...others, me_id] : others, person_id: me_id, added };
  replaceMessage(cache, { ...message, reactions: withReaction(message.reactions, change, me_id) });
}

function replaceMessage(cache: QueryClient, message: Message): void {
  setWindow(cache, message.channel_id, message.topic_id, (window) => {
    const idx = window.messages.findIndex(({ id }) => id === message.id);
    return idx < 0 ? window : { ...window, messages: window.messages.with(idx, message) };
  });
}

function pathOf(message: Message): string {
  return `/api/channels/${message.channel_id}/messages/${message.id}`;
}
