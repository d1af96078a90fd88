/**
 * One socket, resumed for as long as the tab lives. No React, no cache, no wall clock: all three are given.
 *
 * Invariant: of each scope exactly the events `cursor + 1, cursor + 2, …` are handed on, once each and in order, across any
 * number of connections. A number that was seen is ignored; a hole ends the connection, and the next one resumes in front of
 * it. What an event means is not known here.
 */
import type { ClientFrame, Id, Seq, ServerEvent, ServerFrame } from '@/api/types';
import { backoff_ms, type Clock, type Timer } from '@/realtime/clock';

export type ConnectionState = 'connecting' | 'live' | 'waiting' | 'offline' | 'signed-out';

/** The part of the browser's WebSocket that is used. */
export type Wire = {
  onopen: (() => void) | null;
  onmessage: ((frame: { data: unknown }) => void) | null;
  onclose: ((end: { code: number }) => void) | null;
  send: (text: string) => void;
  close: () => void;
};

export type SocketListener = {
  event: (event: ServerEvent) => void;
  /** Everything missed was handed on; what follows is live. */
  ready: () => void;
  /** Too much was missed: the scope must be read anew. */
  reset: (scope: Id) => void;
  gone: (scope: Id) => void;
  added: (scope: Id) => void;
  state: (state: ConnectionState) => void;
};

export type SocketOptions = {
  open: () => Wire;
  clock: Clock;
  random: () => number;
  cursors: Record<Id, Seq>;
  listener: SocketListener;
};

const SIGNED_OUT = 4401;
const TOO_SLOW = 4408;
const GOING_AWAY = 1001;

const HEARTBEAT_MS = 25_000;
const ANSWER_MS = 10_000;
const OPEN_MS = 15_000;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;
/** A connection that lived this long counts as good: the next failure starts from the shortest wait. */
const GOOD_MS = 10_000;
/** The server drains: everybody comes back, spread over this long. */
const SPREAD_MS = 3_000;

export class LiveSocket {
  readonly #options: SocketOptions;
  readonly #cursors: Map<Id, Seq>;
  readonly #watched = new Set<Id>();
  #wire: Wire | null = null;
  #state: ConnectionState = 'waiting';
  #n_failures = 0;
  #timers: Timer[] = [];

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#cursors = new Map(Object.entries(options.cursors));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Where each scope that is mine stands; what I only look at is not in it. */
  get cursors(): Record<Id, Seq> {
    return Object.fromEntries([...this.#cursors].filter(([scope]) => !this.#watched.has(scope)));
  }

  cursorOf(scope: Id): Seq | undefined {
    return this.#cursors.get(scope);
  }

  /** Connects unless connected; a person or the network said that now is a good moment. */
  connect(): void {
    if (this.#wire || this.#state === 'signed-out') return;
    this.#clearTimers();
    this.#enter('connecting');
    const wire = this.#options.open();
    this.#wire = wire;
    wire.onopen = () => this.#hello();
    wire.onmessage = ({ data }) => this.#wire === wire && this.#read(data);
    wire.onclose = ({ code }) => this.#wire === wire && this.#closed(code);
    this.#after(OPEN_MS, () => this.#drop());
  }

  stop(): void {
    this.#leave('waiting');
  }

  networkLost(): void {
    if (this.#state !== 'signed-out') this.#leave('offline');
  }

  /** The tab came to the front or the network came back: connect now, or prove that the connection still lives. */
  wake(): void {
    if (this.#state === 'live') this.#probe();
    else this.connect();
  }

  /** Follows a public channel that I look at without being a member; `seq` is what the page in hand is true for. */
  watch(scope: Id, seq: Seq): void {
    this.#watched.add(scope);
    if (!this.#cursors.has(scope)) this.#cursors.set(scope, seq);
    if (this.#state === 'live') this.#send({ type: 'watch', scope, seq: this.#cursors.get(scope) ?? seq });
  }

  unwatch(scope: Id): void {
    if (!this.#watched.delete(scope)) return;
    this.#cursors.delete(scope);
    if (this.#state === 'live') this.#send({ type: 'unwatch', scope });
  }

  #hello(): void {
    this.#send({ type: 'hello', cursors: this.cursors });
  }

  #read(data: unknown): void {
    const frame = parseFrame(data);
    if (!frame) return;
    if (this.#state === 'live') this.#scheduleHeartbeat();
    switch (frame.type) {
      case 'event':
        return this.#readEvent(frame);
      case 'ready':
        return this.#readReady(frame.heads);
      case 'reset':
        this.#cursors.set(frame.scope, frame.seq);
        return this.#options.listener.reset(frame.scope);
      case 'added':
        this.#watched.delete(frame.scope);
        this.#cursors.set(frame.scope, frame.seq);
        return this.#options.listener.added(frame.scope);
      case 'gone':
        this.#watched.delete(frame.scope);
        this.#cursors.delete(frame.scope);
        return this.#options.listener.gone(frame.scope);
      case 'pong':
        return;
    }
  }

  #readEvent(event: ServerEvent): void {
    const last = this.#cursors.get(event.scope);
    if (last === undefined || event.seq <= last) return;
    if (event.seq > last + 1) return this.#drop();
    this.#cursors.set(event.scope, event.seq);
    this.#options.listener.event(event);
  }

  #readReady(heads: Record<Id, Seq>): void {
    for (const [scope, seq] of Object.entries(heads)) if (!this.#cursors.has(scope)) this.#cursors.set(scope, seq);
    this.#clearTimers();
    this.#enter('live');
    this.#scheduleHeartbeat();
    this.#options.clock.after(GOOD_MS, () => {
      if (this.#state === 'live') this.#n_failures = 0;
    });
    for (const scope of this.#watched) this.#send({ type: 'watch', scope, seq: this.#cursors.get(scope) ?? 1 });
    this.#options.listener.ready();
  }

  #scheduleHeartbeat(): void {
    this.#clearTimers();
    this.#after(HEARTBEAT_MS, () => this.#probe());
  }

  #probe(): void {
    this.#clearTimers();
    this.#send({ type: 'ping' });
    this.#after(ANSWER_MS, () => this.#drop());
  }

  /** This connection is of no use any more; the next one resumes from the cursors. */
  #drop(): void {
    const wire = this.#wire;
    if (!wire) return;
    this.#closed(0);
    wire.close();
  }

  #closed(code: number): void {
    this.#wire = null;
    this.#clearTimers();
    if (code === SIGNED_OUT) return this.#enter('signed-out');
    this.#enter('waiting');
    this.#after(this.#wait_ms(code), () => this.connect());
    this.#n_failures += 1;
  }

  #wait_ms(code: number): number {
    const random = this.#options.random();
    if (code === TOO_SLOW || code === GOING_AWAY) return random * SPREAD_MS;
    return backoff_ms(this.#n_failures, FIRST_WAIT_MS, MAX_WAIT_MS, random);
  }

  #leave(state: ConnectionState): void {
    const wire = this.#wire;
    this.#wire = null;
    this.#clearTimers();
    this.#enter(state);
    wire?.close();
  }

  #enter(state: ConnectionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.listener.state(state);
  }

  #send(frame: ClientFrame): void {
    this.#wire?.send(JSON.stringify(frame));
  }

  #after(wait_ms: number, run: () => void): void {
    this.#timers.push(this.#options.clock.after(wait_ms, run));
  }

  #clearTimers(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers = [];
  }
}

/** The server's frames are trusted to be what api/types says once they are JSON with a `type`. */
function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === 'object' && frame !== null && 'type' in frame ? (frame as ServerFrame) : null;
  } catch {
    return null;
  }
}
