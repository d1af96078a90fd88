/** Puts the fake in the place of the network. Loaded only by the scripts in this folder, before the app. */
import type { ClientFrame } from '@/api/types';
import { FakeServer } from './fakeServer';
import { makeWorld } from './fakeWorld';

declare global {
  interface Window {
    fake: FakeServer;
    /** Set to true: nothing gets through. */
    fakeIsOffline: boolean;
  }
}

const wish = new URLSearchParams(location.search);
const server = new FakeServer(makeWorld({ n_filler: Number(wish.get('n') ?? 60), n_unread: Number(wish.get('unread') ?? 0) }));
server.n_first = Number(wish.get('first') ?? 50);
window.fake = server;
window.fakeIsOffline = false;
localStorage.setItem('antiphon.last-channel', server.world.channels[0]?.id ?? '');

const realFetch = window.fetch.bind(window);
window.fetch = async (input, init) => {
  const address = input instanceof Request ? input.url : String(input);
  if (!new URL(address, location.href).pathname.startsWith('/api/')) return realFetch(input, init);
  await new Promise((resolve) => setTimeout(resolve, Number(wish.get('slow') ?? 15)));
  const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
  const answer = window.fakeIsOffline ? null : await server.handle(init?.method ?? 'GET', address, body);
  if (!answer) throw new TypeError('Failed to fetch');
  return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
    status: answer.status,
    headers: { 'content-type': 'application/json', ...answer.headers },
  });
};

class FakeWebSocket {
  onopen: (() => void) | null = null;
  onmessage: ((frame: { data: string }) => void) | null = null;
  onclose: ((end: { code: number }) => void) | null = null;
  #leave: (() => void) | null = null;

  constructor() {
    setTimeout(() => (window.fakeIsOffline ? this.onclose?.({ code: 1006 }) : this.onopen?.()), 10);
  }

  send(text: string): void {
    const frame = JSON.parse(text) as ClientFrame;
    const answer = (reply: unknown) => this.onmessage?.({ data: JSON.stringify(reply) });
    if (frame.type === 'ping') answer({ type: 'pong' });
    if (frame.type !== 'hello') return;
    for (const missed of server.resume(frame.cursors)) answer(missed);
    this.#leave = server.connect((event) => !window.fakeIsOffline && answer(event));
  }

  close(): void {
    this.#leave?.();
  }
}
Object.assign(window, { WebSocket: FakeWebSocket });
