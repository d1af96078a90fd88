/**
 * A draft while it is written. There is one for each place and page, and it outlives its composer until all is saved. It saves one
 * text after the other, so an earlier one never arrives behind a later one; it knows the texts that went out from here for its own
 * when it hears of them; and it follows the other tabs of this browser with each stroke: a device has one text.
 */
import type { Draft } from '@/api/types';
import type { Beginning, LocalDraft, SaveResult } from './drafts';

const SAVE_AFTER_MS = 1_200;

type Ports = {
  save: (text: string, revision: number) => Promise<SaveResult>;
  /** On this device. */
  keep: (draft: LocalDraft) => void;
};

export class DraftKeeper {
  readonly #ports: Ports;
  readonly #listeners = new Set<() => void>();
  #draft: LocalDraft;
  #conflict: Draft | null;
  #heard: Draft | null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isSaving = false;
  /** The newest stroke was made in this tab, and no other tab will save it. */
  #isOurs = true;

  constructor({ conflict, ...draft }: Beginning, server: Draft | null, ports: Ports) {
    this.#ports = ports;
    this.#draft = draft;
    this.#conflict = conflict;
    this.#heard = server;
  }

  get text(): string {
    return this.#draft.text;
  }

  /** What another device wrote meanwhile, until its author chose. */
  get conflict(): Draft | null {
    return this.#conflict;
  }

  get isAtWork(): boolean {
    return this.#isSaving || this.#listeners.size > 0;
  }

  listen(listener: () => void): () => void {
    // What could not be saved at the last visit is tried again.
    if (this.#listeners.size === 0 && !this.#draft.isSaved && !this.#conflict) this.#saveSoon();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0 && this.#timer) void this.#save();
    };
  }

  write(text: string): void {
    this.#isOurs = true;
    this.#set({ text, isSaved: false });
    this.#saveSoon();
  }

  take({ text, revision }: Pick<Draft, 'text' | 'revision'>): void {
    this.#stopTimer();
    this.#conflict = null;
    this.#isOurs = true;
    this.#set({ text, revision, isSaved: true });
  }

  keepMine(): void {
    const revision = this.#conflict?.revision ?? this.#draft.revision;
    this.#conflict = null;
    this.#isOurs = true;
    this.#set({ revision });
    void this.#save();
  }

  /** What the server has. Another device wrote or sent: it is followed, unless there is text here that it has not seen. */
  hear(server: Draft | null): void {
    const before = this.#heard;
    this.#heard = server;
    const { text, revision, isSaved, sent } = this.#draft;
    if (!server) {
      if (before && isSaved) this.take({ text: '', revision });
      return;
    }
    if (server.revision <= revision) return;
    if (server.text === text || isSaved) this.take(server);
    else if (server.text === sent) this.#set({ revision: server.revision });
    else this.#ask(server);
  }

  /** Another tab of this browser wrote, and saves. */
  follow(local: LocalDraft | null): void {
    this.#stopTimer();
    this.#isOurs = false;
    this.#draft = local ?? { text: '', revision: this.#draft.revision, isSaved: true };
    if (this.#conflict && this.#conflict.revision <= this.#draft.revision) this.#conflict = null;
    this.#tell();
  }

  async #save(): Promise<void> {
    this.#stopTimer();
    // Not two at once: what is on its way looks for what was written since.
    if (this.#isSaving) return;
    this.#isSaving = true;
    while (await this.#saveOnce());
    this.#isSaving = false;
  }

  /** Whether there is more to save now. */
  async #saveOnce(): Promise<boolean> {
    const { text, revision, sent } = this.#draft;
    this.#set({ sent: text });
    // Kept here; the next stroke or the next visit tries again.
    const result = await this.#ports.save(text, revision).catch(() => null);
    if (!result) return false;
    if (result.newer && result.newer.text !== text && result.newer.text !== sent) {
      this.#ask(result.newer);
      return false;
    }
    // Another tab has the newer text by now, and hears of the version by itself.
    if (!this.#isOurs) return false;
    const isSaved = !result.newer && this.#draft.text === text;
    this.#set({ revision: Math.max(this.#draft.revision, result.revision), isSaved });
    return !isSaved && !this.#timer;
  }

  #saveSoon(): void {
    this.#stopTimer();
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS);
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #ask(newer: Draft): void {
    this.#conflict = newer;
    this.#tell();
  }

  #set(change: Partial<LocalDraft>): void {
    this.#draft = { ...this.#draft, ...change };
    // What another tab writes it keeps itself.
    if (this.#isOurs) this.#ports.keep(this.#draft);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
