import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '@/api/types';
import { DraftKeeper } from './draftKeeper';
import { beginningOf, type LocalDraft, type SaveResult } from './drafts';

const SAVE_AFTER_MS = 1_200;
const draft = (text: string, revision: number): Draft => ({ channel_id: 'c', topic_id: null, text, revision, at: 0 });

/** A server with one draft that answers when it is told to, and the tabs of one browser. */
function world() {
  const there = { text: '', revision: 0 };
  const waiting: (() => void)[] = [];
  const arrived: string[] = [];
  const device: { kept: LocalDraft | null } = { kept: null };
  const tabs: DraftKeeper[] = [];
  const save = (text: string, revision: number) =>
    new Promise<SaveResult>((resolve) => {
      waiting.push(() => {
        arrived.push(text);
        if (there.text && there.text !== text && there.revision !== revision) return resolve({ revision: there.revision, newer: draft(there.text, there.revision) });
        if (there.text !== text) Object.assign(there, { text, revision: there.revision + 1 });
        resolve({ revision: there.revision, newer: null });
      });
    });
  /** All that is told to every device: what the server has now. */
  const tell = () => tabs.forEach((tab) => tab.hear(there.text ? draft(there.text, there.revision) : null));
  return {
    there,
    arrived,
    tell,
    tab: () => {
      const server = there.text ? draft(there.text, there.revision) : null;
      const keep = (kept: LocalDraft) => {
        device.kept = kept;
        for (const other of tabs) if (other !== keeper) other.follow(kept);
      };
      const keeper: DraftKeeper = new DraftKeeper(beginningOf(device.kept, server), server, { save, keep });
      tabs.push(keeper);
      return keeper;
    },
    /** The server gets what was sent first, and answers. */
    answer: async () => {
      waiting.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    },
    n_waiting: () => waiting.length,
  };
}

const pause = () => vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);

describe('a draft that is written', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is saved one text after the other: what was sent does not come back', async () => {
    const { tab, answer, there, arrived, n_waiting } = world();
    const field = tab();
    field.listen(() => undefined);
    field.write('On my');
    await pause();
    field.write('On my way');
    field.write('');
    await pause();
    expect(n_waiting()).toBe(1);
    await answer();
    await answer();
    expect(arrived).toEqual(['On my', '']);
    expect(there.text).toBe('');
    expect([field.text, field.conflict]).toEqual(['', null]);
  });

  it('is known for its own when the event comes before the answer', async () => {
    const { tab, answer, tell, there } = world();
    const field = tab();
    field.write('On my');
    await pause();
    field.write('On my way');
    Object.assign(there, { text: 'On my', revision: 1 });
    tell();
    expect(field.conflict).toBeNull();
    await answer();
    await pause();
    await answer();
    expect([there.text, field.text, field.conflict]).toEqual(['On my way', 'On my way', null]);
  });

  it('is one in all tabs of a browser', async () => {
    const { tab, answer, tell, there } = world();
    const [left, right] = [tab(), tab()];
    left.listen(() => undefined);
    right.listen(() => undefined);
    left.write('On my');
    expect(right.text).toBe('On my');
    await pause();
    right.write('On my way');
    expect(left.text).toBe('On my way');
    await answer();
    tell();
    await pause();
    await answer();
    tell();
    expect([there.text, left.text, right.text, left.conflict, right.conflict]).toEqual(['On my way', 'On my way', 'On my way', null, null]);
    left.write('');
    await pause();
    await answer();
    tell();
    expect([there.text, left.text, right.text]).toEqual(['', '', '']);
  });

  it('goes on being saved when its field is gone', async () => {
    const { tab, answer, there, n_waiting } = world();
    const field = tab();
    const leave = field.listen(() => undefined);
    field.write('On my');
    await pause();
    field.write('On my way');
    leave();
    expect([n_waiting(), field.isAtWork]).toEqual([1, true]);
    await answer();
    await answer();
    expect([there.text, field.isAtWork]).toEqual(['On my way', false]);
  });

  it('asks when another device wrote something else, and keeps what is chosen', async () => {
    const { tab, answer, tell, there } = world();
    const field = tab();
    field.write('Here');
    Object.assign(there, { text: 'There', revision: 1 });
    tell();
    expect([field.text, field.conflict?.text]).toEqual(['Here', 'There']);
    field.keepMine();
    await answer();
    expect([there.text, field.conflict]).toEqual(['Here', null]);
  });

  it('that was sent does not come back with the next visit', async () => {
    const { tab, answer, there, n_waiting } = world();
    const field = tab();
    field.write('On my way');
    await pause();
    field.write('');
    await answer();
    // The page is loaded again before the empty one is saved.
    const next = tab();
    expect(next.text).toBe('');
    next.listen(() => undefined);
    await pause();
    while (n_waiting() > 0) await answer();
    expect([there.text, next.text, next.conflict]).toEqual(['', '', null]);
  });
});
