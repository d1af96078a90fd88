/**
 * Resumable upload with the protocol's own client, tus-js-client, as its authors publish it, against the real binary: cut
 * at many places by a wire that breaks, and by `kill -9` of the server.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openHouse } from './harness.mjs';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const tus = require('tus-js-client');

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** A wire to the server that breaks after so many bytes upwards, again and again. */
async function breakingWire(url, nextCut) {
  const { hostname, port } = new URL(url);
  let n_cuts = 0;
  const server = createServer((client) => {
    const upstream = connect({ host: hostname, port: Number(port) });
    let left = nextCut();
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (chunk) => {
      if (left !== null && chunk.length >= left) {
        n_cuts += 1;
        upstream.write(chunk.subarray(0, left), end);
        left = Number.POSITIVE_INFINITY;
      } else {
        if (left !== null) left -= chunk.length;
        if (!upstream.write(chunk)) client.pause();
      }
    });
    upstream.on('drain', () => client.resume());
    upstream.pipe(client);
    for (const socket of [client, upstream]) {
      socket.on('error', end);
      socket.on('close', end);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, n_cuts: () => n_cuts, close: () => server.close() };
}

async function tokenOf(person) {
  const cookies = await person.context.cookies();
  return cookies.find(({ httpOnly }) => httpOnly).value;
}

function send(endpoint, token, bytes, options = {}) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      endpoint: `${endpoint}/api/uploads`,
      headers: { authorization: `Bearer ${token}` },
      metadata: { filename: 'lesson.bin', filetype: 'application/octet-stream' },
      retryDelays: [0, 50, 100, 200, 400, 800, 1_600, 1_600],
      onSuccess: () => resolve(upload),
      onError: reject,
      ...options,
    });
    options.begun?.(upload);
    upload.start();
  });
}

async function fileOf(house, token, upload) {
  const headers = { authorization: `Bearer ${token}` };
  const id = new URL(upload.url).pathname.split('/').at(-1);
  const file = await (await fetch(`${house.url}/api/uploads/${id}/file`, { headers })).json();
  const bytes = Buffer.from(await (await fetch(`${house.url}/api/files/${id}`, { headers })).arrayBuffer());
  return { file, bytes };
}

test('uploads with tus-js-client', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const token = await tokenOf(ada);

  await t.test('a file arrives whole', async () => {
    const bytes = randomBytes(3_000_000);
    const upload = await send(house.url, token, bytes);
    const arrived = await fileOf(house, token, upload);
    assert.equal(sha256(arrived.bytes), sha256(bytes));
    assert.equal(arrived.file.name, 'lesson.bin');
  });

  await t.test('a file sent in small pieces arrives whole', async () => {
    const bytes = randomBytes(500_000);
    const upload = await send(house.url, token, bytes, { chunkSize: 70_001 });
    assert.equal(sha256((await fileOf(house, token, upload)).bytes), sha256(bytes));
  });

  await t.test('a wire that breaks twenty times costs nothing but time', async () => {
    const bytes = randomBytes(16 << 20);
    let n_wires = 0;
    // The first connections carry only questions; each later one breaks at another place, in heads and in bodies.
    const wire = await breakingWire(house.url, () => {
      n_wires += 1;
      return n_wires > 40 ? null : 1 + ((n_wires * 777_777) % 1_500_000);
    });
    const upload = await send(wire.url, token, bytes);
    wire.close();
    assert.ok(wire.n_cuts() >= 20, `${wire.n_cuts()} cuts`);
    assert.equal(sha256((await fileOf(house, token, upload)).bytes), sha256(bytes));
  });

  await t.test('kill -9 in the middle, twice', async () => {
    const bytes = randomBytes(48 << 20);
    let kills = 0;
    const died = [];
    const upload = await send(house.url, token, bytes, {
      chunkSize: 4 << 20,
      onProgress: (n_sent) => {
        if (kills < 2 && n_sent > (kills + 1) * (12 << 20)) {
          kills += 1;
          died.push(house.kill().then(() => house.start()));
        }
      },
    });
    await Promise.all(died);
    assert.equal(kills, 2);
    assert.equal(sha256((await fileOf(house, token, upload)).bytes), sha256(bytes));
  });

  await t.test('two tabs send the same upload, and it becomes one file', async () => {
    const bytes = randomBytes(6 << 20);
    let first = null;
    const one = send(house.url, token, bytes, { chunkSize: 512 << 10, begun: (upload) => (first = upload) });
    while (!first.url) await pause(5);
    const two = send(house.url, token, bytes, { chunkSize: 700 << 10, uploadUrl: first.url });
    const [upload, other] = await Promise.all([one, two]);
    assert.equal(upload.url, other.url);
    assert.equal(sha256((await fileOf(house, token, upload)).bytes), sha256(bytes));
  });

  await t.test('giving up takes it away', async () => {
    let upload = null;
    const aborted = new Promise((resolve, reject) => {
      let asked = false; // a second termination would find nothing
      const onProgress = () => {
        if (asked) return;
        asked = true;
        upload.abort(true).then(resolve, reject);
      };
      void send(house.url, token, randomBytes(20 << 20), { chunkSize: 1 << 20, begun: (own) => (upload = own), onProgress }).catch(() => undefined);
    });
    await aborted;
    const stands = await fetch(upload.url, { method: 'HEAD', headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' } });
    assert.equal(stands.status, 404);
  });

  await t.test('a GiB arrives whole over a wire that breaks twenty times, and the memory of the server stays', async () => {
    const before = peakBytes(house);
    const bytes = randomBytes(1 << 30);
    let n_wires = 0;
    const wire = await breakingWire(house.url, () => {
      n_wires += 1;
      return n_wires > 24 ? null : 40_000_000 + n_wires * 77_777;
    });
    const began = performance.now();
    const upload = await send(wire.url, token, bytes);
    const took_s = (performance.now() - began) / 1000;
    wire.close();
    assert.ok(wire.n_cuts() >= 20, `${wire.n_cuts()} cuts`);
    assert.equal(sha256((await fileOf(house, token, upload)).bytes), sha256(bytes));
    const grown_MiB = (peakBytes(house) - before) / 2 ** 20;
    t.diagnostic(`1 GiB up in ${took_s.toFixed(0)} s over ${wire.n_cuts()} cuts, and down: peak memory grew by ${grown_MiB.toFixed(0)} MiB`);
    assert.ok(grown_MiB < 80, `${grown_MiB} MiB`);
  });
});

/** The most memory that the server ever held. */
function peakBytes(house) {
  const status = readFileSync(`/proc/${house.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
}
