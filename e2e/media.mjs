/**
 * Rooms without the product around them: the example `rooms` of `crates/media`, and people with the official client in a
 * browser, with devices that are made up.
 *
 * Builds nothing: MEDIA_BIN names the example (without it, it is looked for beside ANTIPHON_BIN), CHROMIUM the browser. A
 * test fails, besides its own assertions, on an error in a page and on a panic of the server.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const newest = readFileSync(require.resolve('livekit-client'), 'utf8');

/** Of the official client: the newest and the two before it. */
export const clients = new Map(['', '-2.22', '-2.21'].map((minor) => [version(`livekit-client${minor}`), readFileSync(require.resolve(`livekit-client${minor}`), 'utf8')]));

function version(name) {
  return JSON.parse(readFileSync(new URL(`../web/node_modules/${name}/package.json`, import.meta.url))).version;
}

const firefox = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path));

/** Whether this system lets us make a network of our own (`inOwnNetwork`). */
function mayHaveOwnNetwork() {
  const asRoot = process.getuid() === 0 ? [] : ['--map-root-user'];
  const made = 'ip link set lo up && ip link add own0 type veth peer name own1';
  return spawnSync('unshare', ['--net', '--pid', '--fork', '--kill-child', '--mount-proc', ...asRoot, 'sh', '-c', made]).status === 0;
}

function whyWithoutFirefox() {
  if (!firefox) return !process.env.ANTIPHON_REQUIRE_ALL && 'Firefox is not installed';
  // What a system does not permit nobody can install.
  return !mayHaveOwnNetwork() && 'this system lets nobody have a network of their own, and Firefox sends no media to 127.0.0.1';
}

/** Where there is no Firefox its stories are left out; not where everything has to be there. */
export const withoutFirefox = whyWithoutFirefox();

const browserFlags = [
  '--no-sandbox', // the tests may run as root
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * Starts the rooms and a browser for one test, and ends both with it.
 * @param {import('node:test').TestContext} t
 * @param {{flags?: string[], client?: string}} [more] flags of the browser; the text of another client
 */
export async function openRooms(t, { flags = [], client = newest } = {}) {
  const program = process.env.MEDIA_BIN ?? join(dirname(process.env.ANTIPHON_BIN ?? ''), 'examples', 'rooms');
  const server = spawn(program, ['0', '0', process.env.MEDIA_ADDRESS ?? '127.0.0.1'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  server.stderr.on('data', (chunk) => (said += chunk));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? 'chromium',
    args: [...browserFlags, ...flags],
  });
  const troubles = [];
  t.after(async () => {
    await browser.close();
    server.stdin.end();
    if (server.exitCode === null) await once(server, 'exit');
    if (process.env.RUST_LOG) t.diagnostic(said);
    assert.doesNotMatch(said, /panicked/);
    assert.deepEqual(troubles, []);
  });
  const [line] = await once(createInterface({ input: server.stdout }), 'line');
  const { port, media_port: mediaPort, url } = JSON.parse(line);
  return new Rooms(`http://127.0.0.1:${port}`, url, mediaPort, browser, client, troubles);
}

/**
 * A Firefox of its own for one test, for `person` and `enter`. Playwright knows only a Firefox of its own making. This one never
 * sends media to 127.0.0.1, whatever its preferences say: see `inOwnNetwork`.
 */
export async function openFirefox(t) {
  const browser = await require('puppeteer-core').launch({
    browser: 'firefox',
    executablePath: firefox,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
    },
  });
  t.after(() => browser.close());
  return browser;
}

/**
 * Runs a file of stories once more by itself, in a network that only it is in and whose one address, MEDIA_ADDRESS, is none of
 * loopback. Its report goes to standard output; the exit code comes back.
 */
export async function inOwnNetwork(file) {
  const address = '198.18.0.1'; // RFC 2544: of nobody
  const network = `ip link set lo up && ip link add own0 type veth peer name own1 && ip addr add ${address}/30 dev own0 && ip link set own0 up && ip link set own1 up && ip route add default dev own0`;
  const asRoot = process.getuid() === 0 ? [] : ['--map-root-user'];
  // Whatever they start ends with them.
  const alone = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc', ...asRoot];
  const stories = spawn('unshare', [...alone, 'sh', '-c', `${network} && exec "$0" --test --test-reporter=spec "$1"`, process.execPath, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 240_000,
    // `unshare` waits through any other signal.
    killSignal: 'SIGKILL',
    env: { ...process.env, MEDIA_ADDRESS: address, NODE_TEST_CONTEXT: undefined },
  });
  let report = '';
  for (const stream of [stories.stdout, stories.stderr]) stream.on('data', (chunk) => (report += chunk));
  const [code] = await once(stories, 'close');
  return { code, report };
}

class Rooms {
  /** `live` is where clients go; with LIVEKIT_URL in the environment that is another server. */
  constructor(url, live, mediaPort, browser, client, troubles) {
    Object.assign(this, { url, live: live ?? url, mediaPort, browser, client, troubles });
  }

  /** What the product would do. */
  async act(verb, more = {}) {
    const answer = await fetch(`${this.url}/do`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ verb, ...more }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text ? JSON.parse(text) : undefined;
  }

  async ticket(room, identity) {
    const answer = await fetch(`${this.url}/ticket?${new URLSearchParams({ room, identity })}`);
    return answer.text();
  }

  /** Somebody with a page of their own, who has not come in yet. */
  async person(identity, options = {}, { browser = this.browser, client = this.client, network } = {}) {
    const context = await (browser.newContext?.() ?? browser.createBrowserContext());
    const page = await context.newPage();
    page.on('pageerror', (error) => this.troubles.push(`${identity}: ${error}`));
    await page.goto(`${network?.url ?? this.url}/ticket?room=none&identity=none`);
    await page.addScriptTag({ content: client });
    await page.addScriptTag({ content: `window.person = (${inPage})(${JSON.stringify({ identity, options, ports: network && [this.mediaPort, network.mediaPort] })})` });
    return new Person(this, page, identity, network?.url ?? this.live);
  }

  /** Somebody who is in. */
  async enter(room, identity, options, place) {
    const person = await this.person(identity, options, place);
    person.joinMs = await person.join(room);
    return person;
  }
}

class Person {
  constructor(rooms, page, identity, url) {
    Object.assign(this, { rooms, page, identity, url });
  }

  /** Comes in; how many milliseconds it took until media could run. */
  async join(room) {
    const token = await this.rooms.ticket(room, this.identity);
    return this.page.evaluate(([url, token]) => window.person.join(url, token), [this.url, token]);
  }

  /** Runs a function in the page, with the room of the client and `happened`, the names of what its room told. */
  run(work, argument) {
    return this.page.evaluate(`(${work})(window.person.room, ${JSON.stringify(argument) ?? 'undefined'}, window.person)`);
  }

  /** What came in of the medium within `ms`: packets, samples, concealment, frames. */
  async receives(kind, ms = 1_000) {
    const before = await this.page.evaluate((kind) => window.person.inbound(kind), kind);
    await pause(ms);
    const after = await this.page.evaluate((kind) => window.person.inbound(kind), kind);
    return Object.fromEntries(Object.keys(after).map((key) => [key, absolute.has(key) ? after[key] : after[key] - (before[key] ?? 0)]));
  }

  happened(name) {
    return this.page.evaluate((name) => window.person.happened.filter((event) => event[0] === name), name);
  }
}

const absolute = new Set(['width', 'tracks']);

/** Until `look` gives something true; how long that took in milliseconds. */
export async function until(what, look, timeoutMs = 10_000) {
  const began = Date.now();
  for (;;) {
    if (await look()) return Date.now() - began;
    assert.ok(Date.now() - began < timeoutMs, `${what}: not within ${timeoutMs} ms`);
    await pause(50);
  }
}

/** Runs in the page. */
function inPage({ identity, options, ports }) {
  const { Room, RoomEvent } = window.LivekitClient;
  const room = new Room(options);
  const happened = [];
  for (const name of Object.values(RoomEvent)) {
    room.on(name, (...told) => happened.push([name, ...told.map((thing) => (typeof thing === 'object' ? (thing?.identity ?? thing?.sid ?? null) : thing))]));
  }
  const heard = [];
  room.on(RoomEvent.DataReceived, (payload, sender, _kind, topic) => heard.push([new TextDecoder().decode(payload), sender?.identity ?? null, topic]));
  room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()));
  // Cut, as a network cuts.
  const sockets = [];
  const NativeSocket = window.WebSocket;
  window.WebSocket = class extends NativeSocket {
    constructor(...args) {
      super(...args);
      sockets.push(this);
    }
  };
  const connections = [];
  const NativeConnection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends NativeConnection {
    constructor(...args) {
      super(...args);
      connections.push(this);
    }
    /** Through the relay, where there is one, and not around it. */
    setRemoteDescription(description) {
      if (!ports) return super.setRemoteDescription(description);
      const lines = description.sdp.split('\r\n').filter((line) => !/^a=candidate:.* tcp /i.test(line));
      const sdp = lines.map((line) => (line.startsWith('a=candidate:') ? line.replace(` ${ports[0]} typ`, ` ${ports[1]} typ`) : line)).join('\r\n');
      return super.setRemoteDescription({ type: description.type, sdp });
    }
  };
  const stats = async (type, kind) => {
    const found = [];
    for (const connection of connections.filter((connection) => connection.connectionState !== 'closed')) {
      for (const one of (await connection.getStats()).values()) if (one.type === type && (!kind || one.kind === kind)) found.push(one);
    }
    return found;
  };
  const sum = (all, key) => all.reduce((total, one) => total + (one[key] ?? 0), 0);
  return {
    identity,
    room,
    happened,
    heard,
    sockets,
    connections,
    stats,
    async join(url, token) {
      const began = performance.now();
      await room.connect(url, token);
      return Math.round(performance.now() - began);
    },
    async inbound(kind) {
      const all = await stats('inbound-rtp', kind);
      return {
        tracks: all.length,
        packets: sum(all, 'packetsReceived'),
        lost: sum(all, 'packetsLost'),
        samples: sum(all, 'totalSamplesReceived'),
        concealed: sum(all, 'concealedSamples') - sum(all, 'silentConcealedSamples'),
        energy: sum(all, 'totalAudioEnergy'),
        frames: sum(all, 'framesDecoded'),
        frozen: sum(all, 'totalFreezesDuration'),
        sentAgain: sum(all, 'retransmittedPacketsReceived'),
        nacks: sum(all, 'nackCount'),
        plis: sum(all, 'pliCount'),
        width: Math.max(0, ...all.map((one) => one.frameWidth ?? 0)),
      };
    },
  };
}
