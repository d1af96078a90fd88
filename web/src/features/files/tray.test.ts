import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/api/client';
import type { Attachment, Problem } from '@/api/types';
import { readText, writeText } from '@/lib/storage';
import { setDataUse } from '@/lib/dataUse';
import { Tray, type Claims, type Engine } from './tray';

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
  const claimed: Claims[] = [];
  const engine: Engine = {
    measure: async ({ type }): Promise<Claims> => (type.startsWith('video/') ? { duration_ms: '65000', width: '640' } : {}),
    send: async (_source, claims, resume, on) => {
      claimed.push(claims);
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
  return { claimed, outcomes, resumed, removed, tray: new Tray('me.c.', engine) };
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

  it('says how long a film is, also to the server', async () => {
    const { tray, claimed } = setUp();
    tray.add(new File(['12345'], 'a.mp4', { type: 'video/mp4' }), { width: '8' });
    await settle();
    expect(tray.items()[0]).toMatchObject({ duration_ms: 65_000, size_bytes: 5, state: 'sending' });
    expect(claimed).toEqual([{ duration_ms: '65000', width: '8' }]);
  });

  it('asks before it sends much where little data is wanted', async () => {
    const { tray, outcomes, resumed } = setUp();
    setDataUse('low');
    tray.add(source());
    tray.add(new File([new Uint8Array(3_000_000)], 'large.bin'));
    await settle();
    expect(states(tray)).toEqual(['sending', 'asking']);
    tray.flush();
    expect(resumed).toHaveLength(1);
    outcomes.push(file('f1'));
    tray.retry(tray.items()[1]?.key ?? '');
    await settle();
    expect(states(tray)).toEqual(['sending', 'done']);
    setDataUse('full');
    tray.add(new File([new Uint8Array(3_000_000)], 'large.bin'));
    expect(states(tray).at(-1)).toBe('sending');
    setDataUse('auto');
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
