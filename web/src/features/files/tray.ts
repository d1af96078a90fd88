/**
 * The files beside a text that is being written: on their way, waiting for the network, or there.
 *
 * Invariants: what has arrived is written down on this device with each change, so a reload loses nothing; an upload that
 * breaks off goes on by itself, from where the server stands; one that is refused stays with the reason until its owner
 * takes it out; where little data is wanted, nothing large leaves this device before its owner has said so. Knows neither React nor the protocol: that is the engine's.
 */
import { isTransient, problemOf } from '@/api/client';
import type { Attachment, Id, Problem } from '@/api/types';
import { savesData } from '@/lib/dataUse';
import { readText, writeText } from '@/lib/storage';

/** What only the sender's browser knows of a file. */
export type Claims = Readonly<Record<string, string>>;

export type TrayItem = {
  key: string;
  name: string;
  size_bytes: number;
  /** Of a picture that is still on this device. */
  preview: string | null;
  /** Of a film or sound, as soon as it is known. */
  duration_ms: number | null;
  state: 'asking' | 'sending' | 'waiting' | 'failed' | 'done';
  n_sent: number;
  problem: Problem | null;
  file: Attachment | null;
};

export type Transfer = { stop: () => void };
export type Engine = {
  /** What this browser can tell of a file before it is sent, in a few seconds at most. Never rejects. */
  measure: (source: File) => Promise<Claims>;
  /** Sends a file, or what is left of it; resolves with what it became. Rejects when it broke off or was refused. */
  send: (source: File, claims: Claims, resume: string | null, on: { begun: (url: string) => void; progress: (n_sent: number) => void }, signal: AbortSignal) => Promise<Attachment>;
  /** What was sent before a reload, if the server still has it. */
  find: (id: Id) => Promise<Attachment | null>;
  /** Takes away what has arrived. */
  remove: (id: Id) => Promise<void>;
  /** Takes away what is on its way. */
  terminate: (id: Id) => Promise<void>;
};

type Upload = { source: File; claims: Promise<Claims>; url: string | null; abort: AbortController };

const RETRY_MS = 4_000;
/** What takes a slow line half a minute. */
const LARGE_BYTES = 2_000_000;

export class Tray {
  readonly #place: string;
  readonly #engine: Engine;
  readonly #listeners = new Set<() => void>();
  readonly #uploads = new Map<string, Upload>();
  #items: readonly TrayItem[] = [];
  #n_added = 0;
  #isRecording = false;

  constructor(place: string, engine: Engine) {
    this.#place = place;
    this.#engine = engine;
    addEventListener('online', () => this.flush());
  }

  /** Takes up what an earlier visit had sent. What the server no longer has is forgotten. */
  async load(): Promise<void> {
    const ids = idsIn(readText(this.#storageKey()));
    const known = new Set(this.#items.map((item) => item.file?.id));
    const found = await Promise.all(ids.filter((id) => !known.has(id)).map((id) => this.#engine.find(id).catch(() => null)));
    const items = found.filter((file) => file !== null).map(itemOf);
    if (items.length > 0) this.#set([...items, ...this.#items]);
  }

  add(source: File, claims: Claims = {}): void {
    this.#n_added += 1;
    const key = `${this.#place}:${this.#n_added}`;
    const preview = source.type.startsWith('image/') && source.type !== 'image/svg+xml' ? URL.createObjectURL(source) : null;
    const { name, size } = source;
    // What was recorded here says itself how long it is.
    const found: Promise<Claims> = claims['duration_ms'] ? Promise.resolve({}) : this.#engine.measure(source);
    const measured = found.then((read) => ({ ...read, ...claims }));
    const state = savesData() && size > LARGE_BYTES ? 'asking' : 'sending';
    this.#uploads.set(key, { source, claims: measured, url: null, abort: new AbortController() });
    this.#set([...this.#items, { key, name, size_bytes: size, duration_ms: null, preview, state, n_sent: 0, problem: null, file: null }]);
    void measured.then(({ duration_ms }) => duration_ms && this.#change(key, { duration_ms: Number(duration_ms) }));
    if (state === 'sending') void this.#send(key);
  }

  /** Takes a file out. What has come of it is taken away on the server, too. */
  remove(key: string): void {
    const item = this.#items.find((own) => own.key === key);
    const upload = this.#uploads.get(key);
    upload?.abort.abort();
    void this.#takeAway(item?.file?.id, upload?.url?.split('/').at(-1));
    this.#forget([key]);
  }

  /** Sends what waits for its owner's word, or goes on with what did not get through. */
  retry(key: string): void {
    const upload = this.#uploads.get(key);
    if (!upload) return;
    upload.abort = new AbortController();
    this.#change(key, { state: 'sending', problem: null });
    void this.#send(key);
  }

  /** What had been sent with a message that was not posted. */
  bring(files: readonly Attachment[]): void {
    const known = new Set(this.#items.map(({ file }) => file?.id));
    this.#set([...files.filter(({ id }) => !known.has(id)).map(itemOf), ...this.#items]);
  }

  /** They belong to a message now. */
  clear(ids: readonly Id[]): void {
    this.#forget(this.#items.filter(({ file }) => file && ids.includes(file.id)).map(({ key }) => key));
  }

  /** The network is back: do not wait any longer. */
  flush(): void {
    for (const item of this.#items) if (item.state === 'waiting') this.retry(item.key);
  }

  /** Whether somebody speaks into the composer. */
  isRecording = (): boolean => this.#isRecording;

  setRecording(on: boolean): void {
    this.#isRecording = on;
    this.#tell();
  }

  items = (): readonly TrayItem[] => this.#items;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #takeAway(file: Id | undefined, upload: Id | undefined): Promise<void> {
    try {
      if (file) await this.#engine.remove(file);
      else if (upload) await this.#engine.terminate(upload);
    } catch {
      // It goes by itself after a while.
    }
  }

  async #send(key: string): Promise<void> {
    const upload = this.#uploads.get(key);
    if (!upload) return;
    const { signal } = upload.abort;
    const on = {
      begun: (url: string) => void (upload.url = url),
      progress: (n_sent: number) => this.#change(key, { n_sent }),
    };
    try {
      const file = await this.#engine.send(upload.source, await upload.claims, upload.url, on, signal);
      this.#change(key, { state: 'done', file, n_sent: upload.source.size });
    } catch (error) {
      if (signal.aborted) return;
      if (!isTransient(error)) return this.#change(key, { state: 'failed', problem: problemOf(error) });
      this.#change(key, { state: 'waiting' });
      setTimeout(() => this.#items.some((item) => item.key === key && item.state === 'waiting') && navigator.onLine && this.retry(key), RETRY_MS);
    }
  }

  #change(key: string, change: Partial<TrayItem>): void {
    this.#set(this.#items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }

  #forget(keys: readonly string[]): void {
    for (const item of this.#items) if (keys.includes(item.key) && item.preview) URL.revokeObjectURL(item.preview);
    for (const key of keys) this.#uploads.delete(key);
    this.#set(this.#items.filter((item) => !keys.includes(item.key)));
  }

  #set(items: readonly TrayItem[]): void {
    this.#items = items;
    const ids = items.flatMap(({ file }) => (file ? [file.id] : []));
    writeText(this.#storageKey(), ids.length > 0 ? JSON.stringify(ids) : null);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #storageKey(): string {
    return `antiphon.tray.${this.#place}`;
  }
}

function itemOf(file: Attachment): TrayItem {
  const preview = file.is_ready ? `/api/files/${file.id}/small` : null;
  return { key: file.id, name: file.name, size_bytes: file.size_bytes, duration_ms: file.duration_ms, preview, state: 'done', n_sent: file.size_bytes, problem: null, file };
}

function idsIn(text: string | null): Id[] {
  try {
    const read: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(read) ? read.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

const trays = new Map<string, Tray>();

/** The tray of a conversation: it goes on while its screen is not shown. */
export function trayOf(place: string, engine: Engine): Tray {
  const known = trays.get(place);
  if (known) return known;
  const tray = new Tray(place, engine);
  trays.set(place, tray);
  void tray.load();
  return tray;
}
