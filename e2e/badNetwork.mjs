/**
 * A network between one person and the rooms, that loses packets, is thin, or goes away: a relay for UDP and one for TCP on this
 * machine. `media.mjs` leads the browser through it; its client is unchanged.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** What waits longer for its turn on a thin line is lost, as in a router. */
const longestQueueMs = 300;

/**
 * @param {import('node:test').TestContext} t ends it
 * @param {{url: string, mediaPort: number}} rooms
 * @param {{lossPercent?: number, kbps?: number}} [line] of each direction
 */
export async function openBadNetwork(t, rooms, { lossPercent = 0, kbps = Infinity } = {}) {
  const network = { isDown: false, lossPercent, kbps, n_lost: 0, n_passed: 0 };
  // The same losses in each run.
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >> 8) / 0x7fffff;
  };
  const line = () => {
    let freeAt = 0;
    return (bytes, pass) => {
      const now = performance.now();
      const waitMs = Math.max(0, freeAt - now);
      if (network.isDown || random() * 100 < network.lossPercent || waitMs > longestQueueMs) {
        network.n_lost += 1;
        return;
      }
      network.n_passed += 1;
      freeAt = now + waitMs + (bytes.length * 8) / network.kbps;
      if (waitMs < 1) pass();
      else setTimeout(pass, waitMs);
    };
  };

  const front = createSocket('udp4').bind(0, '127.0.0.1');
  await once(front, 'listening');
  const backs = new Map();
  front.on('message', (bytes, { address, port }) => {
    let back = backs.get(port);
    if (!back) {
      back = { socket: createSocket('udp4').bind(0, '127.0.0.1'), up: line(), down: line() };
      back.socket.on('message', (answer) => back.down(answer, () => isOpen && front.send(answer, port, address)));
      backs.set(port, back);
    }
    back.up(bytes, () => isOpen && back.socket.send(bytes, rooms.mediaPort, '127.0.0.1'));
  });

  // TCP loses nothing; while the network is away, nothing moves.
  const pairs = new Set();
  const doors = createServer((near) => {
    const far = connect(Number(new URL(rooms.url).port), '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]]) {
      pairs.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        pairs.delete(from);
        to.destroy();
      });
      if (network.isDown) from.pause();
    }
  }).listen(0, '127.0.0.1');
  await once(doors, 'listening');

  let isOpen = true;
  t.after(() => {
    isOpen = false;
    front.close();
    for (const { socket } of backs.values()) socket.close();
    for (const socket of pairs) socket.destroy();
    doors.close();
  });
  return Object.assign(network, {
    url: `http://127.0.0.1:${doors.address().port}`,
    mediaPort: front.address().port,
    goAway() {
      network.isDown = true;
      for (const socket of pairs) socket.pause();
    },
    comeBack() {
      network.isDown = false;
      for (const socket of pairs) socket.resume();
    },
  });
}
