import { describe, expect, it } from 'vitest';
import type { ServerFrame } from '@/api/types';
import { FakeClock } from '@/testing/fakeClock';
import { LiveSocket, type Wire } from './socket';

const CHANNEL = 'channel';

function setUp(cursors: Record<string, number> = { [CHANNEL]: 5 }) {
  const clock = new FakeClock();
  const wires: (Wire & { sent: unknown[]; isClosed: boolean })[] = [];
  const heard: string[] = [];
  const socket = new LiveSocket({
    open: () => {
      const wire = {
        onopen: null,
        onmessage: null,
        onclose: null,
        sent: [] as unknown[],
        isClosed: false,
        send: (text: string) => void wire.sent.push(JSON.parse(text)),
        close: () => void (wire.isClosed = true),
      };
      wires.push(wire);
      return wire;
    },
    clock,
    random: () => 1,
    cursors,
    listener: {
      event: ({ scope, seq }) => heard.push(`${scope} ${seq}`),
      ready: () => heard.push('ready'),
      reset: (scope) => heard.push(`reset ${scope}`),
      gone: (scope) => heard.push(`gone ${scope}`),
      added: (scope) => heard.push(`added ${scope}`),
      state: (state) => heard.push(state),
    },
  });
  const wire = () => {
    const last = wires.at(-1);
    if (!last) throw new Error('nothing was opened');
    return last;
  };
  const receive = (...frames: object[]) => frames.forEach((frame) => wire().onmessage?.({ data: JSON.stringify(frame) }));
  const goLive = (heads: Record<string, number> = {}) => {
    wire().onopen?.();
    receive({ type: 'ready', heads });
  };
  return { clock, socket, wires, wire, heard, receive, goLive };
}

const event = (seq: number, scope = CHANNEL): Partial<ServerFrame> =>
  ({ type: 'event', scope, seq, kind: 'message.posted', at: 0, actor: null, body: {} }) as Partial<ServerFrame>;

describe('the socket', () => {
  it('says hello with its cursors and hands on what follows them', () => {
    const { socket, wire, heard, receive, goLive } = setUp();
    socket.connect();
    goLive();
    expect(wire().sent).toEqual([{ type: 'hello', cursors: { [CHANNEL]: 5 } }]);
    receive(event(6), event(7));
    expect(heard).toEqual(['connecting', 'live', 'ready', 'channel 6', 'channel 7']);
    expect(socket.cursorOf(CHANNEL)).toBe(7);
  });

  it('ignores a number that it has seen', () => {
    const { socket, heard, receive, goLive } = setUp();
    socket.connect();
    goLive();
    receive(event(5), event(6), event(6));
    expect(heard.filter((word) => word.startsWith('channel'))).toEqual(['channel 6']);
  });

  it('comes back in front of a hole instead of jumping over it', async () => {
    const { clock, socket, wires, wire, heard, receive, goLive } = setUp();
    socket.connect();
    goLive();
    receive(event(6), event(8));
    expect(wires[0]?.isClosed).toBe(true);
    expect(heard).not.toContain('channel 8');
    await clock.advance(1_000);
    goLive();
    expect(wire().sent[0]).toEqual({ type: 'hello', cursors: { [CHANNEL]: 6 } });
    receive(event(7), event(8));
    expect(heard.slice(-2)).toEqual(['channel 7', 'channel 8']);
  });

  it('goes on from the number that a reset names', () => {
    const { socket, heard, receive, goLive } = setUp();
    socket.connect();
    goLive();
    receive({ type: 'reset', scope: CHANNEL, seq: 2_000 }, event(7), event(2_001));
    expect(heard.slice(-2)).toEqual(['reset channel', 'channel 2001']);
  });

  it('follows what is added and forgets what is gone', () => {
    const { socket, heard, receive, goLive } = setUp();
    socket.connect();
    goLive();
    receive({ type: 'added', scope: 'new', seq: 3 }, event(4, 'new'), { type: 'gone', scope: CHANNEL }, event(6));
    expect(heard.slice(-3)).toEqual(['added new', 'new 4', 'gone channel']);
    expect(socket.cursorOf(CHANNEL)).toBeUndefined();
  });

  it('starts scopes that it did not name at the head that ready tells', () => {
    const { socket, heard, receive, goLive } = setUp();
    socket.connect();
    goLive({ other: 9, [CHANNEL]: 5 });
    receive(event(9, 'other'), event(10, 'other'));
    expect(heard.at(-1)).toBe('other 10');
    expect(heard).not.toContain('other 9');
  });

  it('resumes after a lost connection from where it was', async () => {
    const { clock, socket, wire, receive, goLive } = setUp();
    socket.connect();
    goLive();
    receive(event(6));
    wire().onclose?.({ code: 1006 });
    await clock.advance(600);
    goLive();
    expect(wire().sent[0]).toEqual({ type: 'hello', cursors: { [CHANNEL]: 6 } });
  });

  it('waits longer after each failure', async () => {
    const { clock, socket, wires, wire } = setUp();
    socket.connect();
    for (const wait_ms of [500, 1_000, 2_000]) {
      const n_before = wires.length;
      wire().onclose?.({ code: 1006 });
      await clock.advance(wait_ms - 1);
      expect(wires.length).toBe(n_before);
      await clock.advance(1);
      expect(wires.length).toBe(n_before + 1);
    }
  });

  it('stays away once it was signed out', async () => {
    const { clock, socket, wires, wire, heard } = setUp();
    socket.connect();
    wire().onclose?.({ code: 4401 });
    await clock.advance(120_000);
    socket.wake();
    expect(wires.length).toBe(1);
    expect(heard.at(-1)).toBe('signed-out');
  });

  it('drops a connection that no longer answers', async () => {
    const { clock, socket, wires, wire, goLive } = setUp();
    socket.connect();
    goLive();
    await clock.advance(25_000);
    expect(wire().sent.at(-1)).toEqual({ type: 'ping' });
    await clock.advance(10_000);
    expect(wires[0]?.isClosed).toBe(true);
    await clock.advance(1_000);
    expect(wires.length).toBe(2);
  });

  it('asks at once when the tab comes to the front', async () => {
    const { clock, socket, wire, goLive, receive } = setUp();
    socket.connect();
    goLive();
    socket.wake();
    expect(wire().sent.at(-1)).toEqual({ type: 'ping' });
    receive({ type: 'pong' });
    await clock.advance(10_000);
    expect(wire().isClosed).toBe(false);
  });

  it('says goodbye to the network and connects when it is back', () => {
    const { socket, wires, heard, goLive } = setUp();
    socket.connect();
    goLive();
    socket.networkLost();
    expect(heard.at(-1)).toBe('offline');
    socket.wake();
    expect(wires.length).toBe(2);
  });

  it('watches a channel again after each connection, apart from hello', async () => {
    const { clock, socket, wire, goLive, receive, heard } = setUp();
    socket.connect();
    goLive();
    socket.watch('public', 3);
    receive(event(4, 'public'));
    expect(heard.at(-1)).toBe('public 4');
    wire().onclose?.({ code: 1006 });
    await clock.advance(600);
    goLive();
    expect(wire().sent).toEqual([
      { type: 'hello', cursors: { [CHANNEL]: 5 } },
      { type: 'watch', scope: 'public', seq: 4 },
    ]);
  });
});
