/**
 * Joins the machinery of this folder to the browser: the snapshot, the socket that goes on from it, and the outbox.
 * `beginLive` once per page; everything else here reads what it made.
 */
import type { QueryClient } from '@tanstack/react-query';
import { api, tellSignedOut } from '@/api/client';
import type { AskedMessage, Id, Me, Message, PostRequest, Seq, ServerEvent, Start } from '@/api/types';
import { systemClock } from '@/realtime/clock';
import { applyEvent, applyGone, registerEvents } from '@/realtime/events';
import { groupEvents } from '@/realtime/groups';
import { Outbox, type OutboxItem, type OutboxStore, type Unsent } from '@/realtime/outbox';
import { peopleEvents } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { LiveSocket, type ConnectionState, type Wire } from '@/realtime/socket';
import { startQuery } from '@/realtime/start';

type Sent = (cache: QueryClient, message: Message) => void;

const sentHandlers = new Set<Sent>();
const stateListeners = new Set<() => void>();
const NOTHING: readonly OutboxItem[] = [];
let socket: LiveSocket | null = null;
let outbox: Outbox | null = null;

/** Called with the server's answer to a message of mine, which may come before or after its event. */
export function onSent(handler: Sent): () => void {
  sentHandlers.add(handler);
  return () => sentHandlers.delete(handler);
}

export function getOutbox(): Outbox {
  if (!outbox) throw new Error('beginLive was not called, or the snapshot is not here yet');
  return outbox;
}

/** What waits to be sent; the same array until it changes. */
export function outboxItems(): readonly OutboxItem[] {
  return outbox?.items() ?? NOTHING;
}

export function connectionState(): ConnectionState {
  return socket?.state ?? 'connecting';
}

export function watchScope(scope: Id, seq: Seq): () => void {
  socket?.watch(scope, seq);
  return () => socket?.unwatch(scope);
}

/** Starts as soon as the snapshot is here; the returned function ends it. */
export function beginLive(cache: QueryClient): () => void {
  const stopPeople = registerEvents(peopleEvents);
  const stopGroups = registerEvents(groupEvents);
  let stopKeeping = () => undefined as void;
  const stopWaiting = whenStarted(cache, (start) => {
    begin(cache, start);
    stopKeeping = keepSoon(cache);
  });
  const stopSnapshots = keepSnapshotsFresh(cache);
  const stopBrowser = listenToBrowser();
  return () => {
    for (const stop of [stopPeople, stopGroups, stopWaiting, stopSnapshots, stopBrowser]) stop();
    stopKeeping();
    socket?.stop();
    socket = null;
    outbox = null;
  };
}

function begin(cache: QueryClient, start: Start): void {
  outbox = new Outbox({
    person_id: start.me.id,
    store: lazyStore(),
    post: postUnsent,
    sent: (message) => {
      for (const handler of sentHandlers) handler(cache, message);
    },
    clock: systemClock,
    random: Math.random,
    now: Date.now,
  });
  outbox.subscribe(tellState);
  void outbox.load();
  socket = new LiveSocket({
    open: openWire,
    clock: systemClock,
    random: Math.random,
    cursors: start.cursors,
    listener: {
      event: (event) => receive(cache, event),
      ready: () => outbox?.flush(),
      reset: (scope) => readAgain(cache, scope),
      added: (scope) => readAgain(cache, scope),
      gone: (scope) => leave(cache, scope),
      state: (state) => {
        tellState();
        if (state === 'signed-out') tellSignedOut();
      },
    },
  });
  if (navigator.onLine) socket.connect();
  else socket.networkLost();
  tellState();
}

function receive(cache: QueryClient, event: ServerEvent): void {
  recentEvents.add(event);
  applyEvent(cache, event);
}

/** Every query about a scope has the scope's id in its key, so this reaches them all. What nobody looks at is dropped. */
function readAgain(cache: QueryClient, scope: Id): void {
  recentEvents.forget(scope);
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(scope), type: 'inactive' });
  void cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(scope) });
  void cache.invalidateQueries({ queryKey: startQuery.queryKey });
}

function leave(cache: QueryClient, scope: Id): void {
  recentEvents.forget(scope);
  applyGone(cache, scope);
  void cache.invalidateQueries({ queryKey: startQuery.queryKey });
}

function whenStarted(cache: QueryClient, run: (start: Start) => void): () => void {
  let isDone = false;
  const look = () => {
    const start = cache.getQueryData(startQuery.queryKey);
    if (isDone || !start) return;
    isDone = true;
    run(start);
  };
  const stop = cache.getQueryCache().subscribe(look);
  look();
  return stop;
}

/** A snapshot that was overtaken by events while it travelled gets them again. */
function keepSnapshotsFresh(cache: QueryClient): () => void {
  return cache.getQueryCache().subscribe((change) => {
    if (change.type !== 'updated' || change.action.type !== 'success' || change.action.manual) return;
    if (change.query.queryKey[0] !== startQuery.queryKey[0]) return;
    const start = cache.getQueryData(startQuery.queryKey);
    for (const [scope, seq] of Object.entries(start?.cursors ?? {})) {
      for (const event of recentEvents.after(scope, seq) ?? []) applyEvent(cache, event);
    }
  });
}

function keepSoon(cache: QueryClient): () => void {
  const keeping = import('@/realtime/keeping').then(({ keepOnDisk }) => keepOnDisk(cache, () => socket?.cursors ?? {}));
  return () => void keeping.then((stop) => stop());
}

function listenToBrowser(): () => void {
  const online = () => {
    socket?.wake();
    outbox?.flush();
  };
  const offline = () => socket?.networkLost();
  const shown = () => document.visibilityState === 'visible' && navigator.onLine && socket?.wake();
  addEventListener('online', online);
  addEventListener('offline', offline);
  document.addEventListener('visibilitychange', shown);
  return () => {
    removeEventListener('online', online);
    removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', shown);
  };
}

function openWire(): Wire {
  const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/socket`);
  const wire: Wire = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
  let wasOpen = false;
  socket.onopen = () => {
    wasOpen = true;
    wire.onopen?.();
  };
  socket.onmessage = (frame: MessageEvent<unknown>) => wire.onmessage?.(frame);
  socket.onclose = (end) => {
    // A browser does not say why a socket was refused. The client tells it when the session is over.
    if (!wasOpen) void api.get<Me>('/api/me').catch(() => undefined);
    wire.onclose?.(end);
  };
  return wire;
}

function postUnsent(item: Unsent): Promise<Message> {
  const request: PostRequest = { id: item.id, text: item.text, everyone_ok: item.everyone_ok };
  if (item.files?.length) request.file_ids = item.files.map(({ id }) => id);
  if (item.words_ok) request.words_ok = true;
  if (item.topic_id) request.topic_id = item.topic_id;
  if (item.quote) request.quote_id = item.quote.message_id;
  if (item.ask) {
    const body = { message: request, ask: item.ask };
    return api.post<AskedMessage>(`/api/channels/${item.channel_id}/asks`, body, { carriesId: true }).then(({ message }) => message);
  }
  return api.post<Message>(`/api/channels/${item.channel_id}/messages`, request, { carriesId: true });
}

/** A browser that forbids storage still sends; it only cannot carry unsent messages over a reload. */
function lazyStore(): OutboxStore {
  const opened = import('@/realtime/outboxStore').then(({ openOutboxStore }) => openOutboxStore());
  return {
    list: (person_id) => opened.then((store) => store.list(person_id)).catch(() => []),
    put: (item) => opened.then((store) => store.put(item)).catch(() => undefined),
    remove: (id) => opened.then((store) => store.remove(id)).catch(() => undefined),
  };
}

function tellState(): void {
  for (const listener of stateListeners) listener();
}

/** Calls `listener` when the outbox or the connection changes. Returns its undo. */
export function subscribeLive(listener: () => void): () => void {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}
