import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import type { Message, Problem } from '@/api/types';
import { FakeClock, settle } from '@/testing/fakeClock';
import { Outbox, type OutboxStore, type Unsent } from './outbox';

const problem = (type: string, status: number): Problem => ({ type, title: type, status, detail: 'because' });
const OFFLINE = new ApiError(problem('/problems/offline', 0));
const REFUSED = new ApiError(problem('/problems/too-big', 413));

function memoryStore(begin: Unsent[] = []): OutboxStore & { kept: Map<string, Unsent> } {
  const kept = new Map(begin.map((item) => [item.id, item]));
  return {
    kept,
    list: (person_id) => Promise.resolve([...kept.values()].filter((item) => item.person_id === person_id)),
    put: (item) => Promise.resolve(void kept.set(item.id, item)),
    remove: (id) => Promise.resolve(void kept.delete(id)),
  };
}

function setUp(store = memoryStore()) {
  const clock = new FakeClock();
  const posted: string[] = [];
  const sent: string[] = [];
  const faults: ApiError[] = [];
  const outbox = new Outbox({
    person_id: 'me',
    store,
    post: async ({ id }) => {
      posted.push(id);
      const fault = faults.shift();
      if (fault) throw fault;
      return { id } as Message;
    },
    sent: ({ id }) => void sent.push(id),
    clock,
    random: () => 1,
    now: () => clock.now(),
  });
  return { clock, store, outbox, posted, sent, faults };
}

const unsent = (id: string, created_at_ms = 0): Unsent => ({
  id,
  person_id: 'me',
  channel_id: 'c',
  topic_id: null,
  text: id,
  quote: null,
  everyone_ok: false,
  created_at_ms,
});

describe('the outbox', () => {
  it('sends in order, each once, and then keeps nothing', async () => {
    const { store, outbox, posted, sent } = setUp();
    ['a', 'b', 'c'].forEach((id) => outbox.add(unsent(id)));
    expect(outbox.items().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    await settle();
    await settle();
    expect(posted).toEqual(['a', 'b', 'c']);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(outbox.items()).toEqual([]);
    expect(store.kept.size).toBe(0);
  });

  it('waits for the network and repeats with the same id', async () => {
    const { clock, store, outbox, posted, sent, faults } = setUp();
    faults.push(OFFLINE, OFFLINE);
    outbox.add(unsent('a'));
    outbox.add(unsent('b'));
    await settle();
    expect(outbox.items().map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    expect([...store.kept.keys()]).toEqual(['a', 'b']);
    await clock.advance(1_000);
    expect(posted).toEqual(['a', 'a']);
    await clock.advance(2_000);
    expect(posted).toEqual(['a', 'a', 'a', 'b']);
    expect(sent).toEqual(['a', 'b']);
  });

  it('does not wait once the network is back', async () => {
    const { outbox, sent, faults } = setUp();
    faults.push(OFFLINE);
    outbox.add(unsent('a'));
    await settle();
    outbox.flush();
    await settle();
    expect(sent).toEqual(['a']);
  });

  it('takes up after a reload what was not sent, the oldest first', async () => {
    const { outbox, posted } = setUp(memoryStore([unsent('late', 20), unsent('early', 10)]));
    await outbox.load();
    await settle();
    expect(posted).toEqual(['early', 'late']);
  });

  it('leaves alone what another person wrote on this device', async () => {
    const { store, outbox, posted } = setUp(memoryStore([{ ...unsent('theirs'), person_id: 'other' }]));
    await outbox.load();
    await settle();
    expect(posted).toEqual([]);
    expect(store.kept.has('theirs')).toBe(true);
  });

  it('keeps a refused message with the reason and goes on with the others', async () => {
    const { store, outbox, sent, faults } = setUp();
    faults.push(REFUSED);
    outbox.add(unsent('a'));
    outbox.add(unsent('b'));
    await settle();
    await settle();
    expect(sent).toEqual(['b']);
    expect(outbox.items()).toMatchObject([{ id: 'a', state: 'failed', problem: { type: '/problems/too-big' } }]);
    expect(store.kept.has('a')).toBe(true);
    outbox.retry('a');
    await settle();
    expect(sent).toEqual(['b', 'a']);
  });

  it('holds what comes too early where people take turns, in order, and sends the rest meanwhile', async () => {
    const { clock, store, outbox, posted, sent, faults } = setUp();
    faults.push(new ApiError(problem('/problems/slow-mode', 429), 18_000));
    outbox.add(unsent('a'));
    outbox.add(unsent('b'));
    outbox.add({ ...unsent('elsewhere'), channel_id: 'other' });
    await settle();
    await settle();
    expect(posted).toEqual(['a', 'elsewhere']);
    expect(outbox.items()).toMatchObject([{ id: 'a', state: 'waiting', held_until_ms: 18_000 }, { id: 'b' }]);
    outbox.flush();
    await settle();
    expect(posted).toEqual(['a', 'elsewhere']);
    faults.push(new ApiError(problem('/problems/slow-mode', 429), 5_000));
    await clock.advance(18_000);
    expect(posted).toEqual(['a', 'elsewhere', 'a']);
    await clock.advance(5_000);
    expect(sent).toEqual(['elsewhere', 'a', 'b']);
    expect(store.kept.size).toBe(0);
  });

  it('forgets what its author throws away', async () => {
    const { store, outbox, faults } = setUp();
    faults.push(REFUSED);
    outbox.add(unsent('a'));
    await settle();
    outbox.discard('a');
    await settle();
    expect(outbox.items()).toEqual([]);
    expect(store.kept.size).toBe(0);
  });
});
