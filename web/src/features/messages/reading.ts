/**
 * What counts as read. A message is read after it was in view for a second with the window focused, and the pointer moves only
 * over messages that were: it never jumps past something that nobody looked at.
 */
import type { Id, Message, Seq } from '@/api/types';
import { isUnread } from './model';

export const IN_VIEW_MS = 1_000;

export class InView {
  readonly #since = new Map<Seq, number>();
  readonly #seen = new Set<Seq>();

  get seen(): ReadonlySet<Seq> {
    return this.#seen;
  }

  /** What is in view now; call it a few times a second, and with nothing when the window loses focus. */
  look(seqs: readonly Seq[], now_ms: number): void {
    const inView = new Set(seqs);
    for (const seq of this.#since.keys()) if (!inView.has(seq)) this.#since.delete(seq);
    for (const seq of seqs) {
      const since = this.#since.get(seq);
      if (since === undefined) this.#since.set(seq, now_ms);
      else if (now_ms - since >= IN_VIEW_MS) this.#seen.add(seq);
    }
  }

  forget(): void {
    this.#since.clear();
    this.#seen.clear();
  }
}

export type ReadInput = {
  messages: readonly Message[];
  has_older: boolean;
  read_seq: Seq;
  n_unread: number;
  seen: ReadonlySet<Seq>;
  me_id: Id;
};

/** Where the pointer may move to; `read_seq` itself when nowhere. */
export function pointerAfter({ messages, has_older, read_seq, n_unread, seen, me_id }: ReadInput): Seq {
  // Something unread lies before the window.
  if (n_unread > 0 && unreadIndex(messages, has_older, read_seq, n_unread, me_id) < 0) return read_seq;
  let pointer = read_seq;
  for (const message of messages) {
    if (message.seq <= read_seq) continue;
    if (isUnread(message, read_seq, me_id) && !seen.has(message.seq)) break;
    pointer = message.seq;
  }
  return pointer;
}

/** The index of the first unread message; -1 when there is none, or when it lies before the window. */
export function unreadIndex(messages: readonly Message[], has_older: boolean, read_seq: Seq, n_unread: number, me_id: Id): number {
  const idx = messages.findIndex((message) => isUnread(message, read_seq, me_id));
  const reachesPointer = !has_older || (messages[0]?.seq ?? 0) <= read_seq;
  const isWhole = reachesPointer || countUnread(messages, read_seq, me_id).n_unread >= n_unread;
  return isWhole ? idx : -1;
}

/** `group_ids` are those in which I am, as far as they are known. */
export function countUnread(messages: readonly Message[], read_seq: Seq, me_id: Id, group_ids: readonly Id[] = []): { n_unread: number; n_mentions: number } {
  const unread = messages.filter((message) => isUnread(message, read_seq, me_id));
  const signs = [`<@${me_id}>`, '<@channel>', ...group_ids.map((id) => `<@&${id}>`)];
  const n_mentions = unread.filter(({ text }) => signs.some((sign) => text.includes(sign))).length;
  return { n_unread: unread.length, n_mentions };
}
