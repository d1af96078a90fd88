import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/client';
import type { Attachment, Problem } from '@/api/types';
import { readText, writeText } from '@/lib/storage';
import { Tray, type Engine } from './tray';

const file = (id: string): Attachment => ({
  id,
  name: `${id}.txt`,
  kind: 'file',
  media_type: 'text/plain',
  size_bytes: 5,
  width: null,
  height: null,
  duration_ms: null,
  peaks: null,
  placeholder: null,
  is_ready: false,
});
const problem = (slug: string, status: number): Problem => ({ type: `/problems/${slug}`, title: slug, status, detail: 'because' });
const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp() {
  const outcomes: (Attachment | ApiError)[] = [];
  const resumed: (string | null)[] = [];
  const removed: string[] = [];
  const engine: Engine = {
    send: async (_source, _claims, resume, on) => {
      resumed.push(resume);
      on.begun('/api/uploads/u1');
      on.progress(3);
      const outcome = outcomes.shift();
      if (!outcome) return new Promise(() => undefined);
      if (outcome instanceof ApiError) throw outcome;
      return outcome;
    },
    find: async (id) => (id === 'gone' ? null : file(id)),
    remove: async (id) => void removed.push(id),
    terminate: async (id) => void removed.push(`upload ${id}`),
  };
  return { outcomes, resumed, removed, tray: new Tray('me.c.', engine) };
}

const source = () => new File(['12345'], 'a.txt', { type: 'text/plain' });
const states = (tray: Tray) => tray.items().map(({ state }) => state);

describe('the tray', () => {
  beforeEach(() => {
    vi.stubGlobal('addEventListener', () => undefined);
    vi.stubGlobal('navigator', { onLine: true });
    writeText('antiphon.tray.me.c.', null);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('keeps what has arrived over a reload, and nothing else', async () => {
    const { tray, outcomes } = setUp();
    outcomes.push(file('f1'));
    tray.add(source());
    tray.add(source());
    await settle();
    expect(states(tray)).toEqual(['done', 'sending']);
    expect(readText('antiphon.tray.me.c.')).toBe('["f1"]');
    writeText('antiphon.tray.me.c.', '["f1","gone"]');
    const next = setUp().tray;
    await next.load();
    expect(next.items().map((item) => item.file?.id)).toEqual(['f1']);
  });

  it('goes on from where it was when the network is back', async () => {
    const { tray, outcomes, resumed } = setUp();
    outcomes.push(new ApiError(problem('offline', 0)), file('f1'));
    tray.add(source());
    await settle();
    expect(states(tray)).toEqual(['waiting']);
    tray.flush();
    await settle();
    expect(states(tray)).toEqual(['done']);
    expect(resumed).toEqual([null, '/api/uploads/u1']);
  });

  it('keeps a refused file with the reason', async () => {
    const { tray, outcomes } = setUp();
    outcomes.push(new ApiError(problem('quota-reached', 413)));
    tray.add(source());
    await settle();
    expect(tray.items()[0]).toMatchObject({ state: 'failed', problem: { detail: 'because' } });
    tray.flush();
    expect(states(tray)).toEqual(['failed']);
  });

  it('takes back what was sent with a message that was not posted, once', async () => {
    const { tray, outcomes } = setUp();
    outcomes.push(file('f1'));
    tray.add(source());
    await settle();
    tray.bring([file('f0'), file('f1')]);
    expect(tray.items().map((item) => item.file?.id)).toEqual(['f0', 'f1']);
  });

  it('takes away on the server what is taken out, and not what was posted', async () => {
    const { tray, outcomes, removed } = setUp();
    outcomes.push(file('f1'), file('f2'));
    tray.add(source());
    tray.add(source());
    tray.add(source());
    await settle();
    tray.clear(['f1']);
    tray.remove(tray.items()[0]?.key ?? '');
    tray.remove(tray.items()[0]?.key ?? '');
    expect(tray.items()).toEqual([]);
    expect(removed).toEqual(['f2', 'upload u1']);
  });
});
