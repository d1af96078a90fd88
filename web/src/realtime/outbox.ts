/**
 * Messages that the server does not have yet. They are written to the disk of this device at once and sent one after another,
 * in the order they were written; the id is made here, so that a repeat never posts twice. A message that the server refuses
 * stays, with the reason, until its author sends it again or throws it away; it does not hold up the others. Where people wait
 * between their messages (slow mode), those of that channel wait here for their turn, in order, and go out by themselves.
 *
 * Two tabs may both send what an earlier visit left: the server answers the second with the same message.
 */
import { isProblem, isTransient, problemOf } from '@/api/client';
import type { Attachment, Id, Message, NewAsk, Problem, Quote } from '@/api/types';
import { backoff_ms, type Clock, type Timer } from '@/realtime/clock';

export type Unsent = {
  id: Id;
  person_id: Id;
  channel_id: Id;
  topic_id: Id | null;
  text: string;
  /** What has been uploaded for it; absent in what an earlier version kept. */
  files?: readonly Attachment[];
  quote: Quote | null;
  everyone_ok: boolean;
  /** Says what the word list asks about all the same. */
  words_ok?: boolean;
  /** What it asks; it is posted together with the message. */
  ask?: NewAsk;
  created_at_ms: number;
};
/** `sending`: on its way. `waiting`: for the network or the server. `failed`: refused, needs its author. */
export type OutboxItem = Unsent & {
  state: 'sending' | 'waiting' | 'failed';
  problem: Problem | null;
  /** Not its turn before this moment. */
  held_until_ms?: number;
};

export type OutboxStore = {
  list: (person_id: Id) => Promise<Unsent[]>;
  put: (item: Unsent) => Promise<void>;
  remove: (id: Id) => Promise<void>;
};

export type OutboxOptions = {
  person_id: Id;
  store: OutboxStore;
  post: (item: Unsent) => Promise<Message>;
  /** The message is on the server; called before the item leaves the outbox, so that it is never on neither. */
  sent: (message: Message) => void;
  clock: Clock;
  random: () => number;
  now: () => number;
};

const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 30_000;

export class Outbox {
  readonly #options: OutboxOptions;
  readonly #listeners = new Set<() => void>();
  #items: readonly OutboxItem[] = [];
  #isSending = false;
  #n_failures = 0;
  #timer: Timer | null = null;
  #turn: Timer | null = null;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier visit could not send. */
  async load(): Promise<void> {
    const stored = await this.#options.store.list(this.#options.person_id);
    const known = new Set(this.#items.map((item) => item.id));
    const older = stored.filter((item) => !known.has(item.id)).sort((a, b) => a.created_at_ms - b.created_at_ms);
    this.#set([...older.map((item): OutboxItem => ({ ...item, state: 'waiting', problem: null })), ...this.#items]);
    this.flush();
  }

  add(item: Omit<Unsent, 'person_id'>): void {
    const unsent: Unsent = { ...item, person_id: this.#options.person_id };
    this.#set([...this.#items, { ...unsent, state: this.#n_failures ? 'waiting' : 'sending', problem: null }]);
    void this.#options.store.put(unsent);
    void this.#pump();
  }

  retry(id: Id, words_ok = false): void {
    this.#change(id, (item) => ({ ...item, words_ok: item.words_ok || words_ok, state: 'waiting', problem: null }));
    this.flush();
  }

  discard(id: Id): void {
    this.#set(this.#items.filter((item) => item.id !== id));
    void this.#options.store.remove(id);
  }

  /** The network is back, or somebody asked: do not wait any longer. */
  flush(): void {
    this.#timer?.cancel();
    this.#timer = null;
    void this.#pump();
  }

  items = (): readonly OutboxItem[] => this.#items;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #pump(): Promise<void> {
    if (this.#isSending || this.#timer) return;
    this.#isSending = true;
    for (let next = this.#next(); next && !this.#timer; next = this.#next()) await this.#send(next);
    this.#isSending = false;
  }

  /** The first whose channel is not waiting for a turn. */
  #next(): OutboxItem | undefined {
    const now_ms = this.#options.now();
    const held = new Set(this.#items.filter(({ held_until_ms = 0 }) => held_until_ms > now_ms).map(({ channel_id }) => channel_id));
    return this.#items.find((item) => item.state !== 'failed' && !held.has(item.channel_id));
  }

  async #send(item: OutboxItem): Promise<void> {
    if (this.#n_failures === 0) this.#change(item.id, (own) => ({ ...own, state: 'sending' }));
    try {
      const message = await this.#options.post(item);
      this.#n_failures = 0;
      this.#options.sent(message);
      this.discard(item.id);
    } catch (error) {
      if (isProblem(error, 'slow-mode')) this.#hold(item.id, error.retryAfterMs ?? FIRST_WAIT_MS);
      else if (isTransient(error)) this.#wait();
      else this.#change(item.id, (own) => ({ ...own, state: 'failed', problem: problemOf(error) }));
    }
  }

  #hold(id: Id, wait_ms: number): void {
    this.#n_failures = 0;
    this.#change(id, (item) => ({ ...item, state: 'waiting', held_until_ms: this.#options.now() + wait_ms }));
    this.#waitForTurn();
  }

  /** Until the next of those that are held may go. */
  #waitForTurn(): void {
    const now_ms = this.#options.now();
    const turns = this.#items.map(({ held_until_ms = 0 }) => held_until_ms).filter((until_ms) => until_ms > now_ms);
    this.#turn?.cancel();
    this.#turn = null;
    if (turns.length === 0) return;
    this.#turn = this.#options.clock.after(Math.min(...turns) - now_ms, () => {
      this.#waitForTurn();
      void this.#pump();
    });
  }

  #wait(): void {
    const wait_ms = backoff_ms(this.#n_failures, FIRST_WAIT_MS, MAX_WAIT_MS, this.#options.random());
    this.#n_failures += 1;
    this.#set(this.#items.map((item) => (item.state === 'sending' ? { ...item, state: 'waiting' } : item)));
    this.#timer = this.#options.clock.after(wait_ms, () => this.flush());
  }

  #change(id: Id, change: (item: OutboxItem) => OutboxItem): void {
    this.#set(this.#items.map((item) => (item.id === id ? change(item) : item)));
  }

  #set(items: readonly OutboxItem[]): void {
    this.#items = items;
    for (const listener of this.#listeners) listener();
  }
}
