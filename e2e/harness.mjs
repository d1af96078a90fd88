/**
 * What an end-to-end spec starts from: the real binary on a fresh data folder, and people with a browser each.
 *
 * Builds nothing: ANTIPHON_BIN names the binary, CHROMIUM the browser (`./x test e2e` sets both). A test fails, besides
 * its own assertions, on any console error, violated content policy, request to another origin, panic of the server, or
 * a shutdown that is not clean. With ANTIPHON_TOUR="ar de" every screen that a spec looks at is looked at in these languages
 * too; that takes long, and is run by hand. It does not know what the screens look like: words and roles stand in the specs.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// Both come with the web app's development packages.
const require = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const shotsFolder = new URL('./shots/', import.meta.url).pathname;
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const startTimeoutMs = 20_000;
const stopTimeoutMs = 15_000;
const actionTimeoutMs = 10_000;
const FIRST_PORT = 20_000;
let nextPort = 0;

/** What the colours decide. The rest is the same in light and dark: it is the same page. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** More languages in which every screen is looked at. */
const tour = (process.env.ANTIPHON_TOUR ?? '').split(/[ ,]+/).filter(Boolean);

/** Every screen is looked at in these: the widths of the design, in light and dark. */
const looks = [
  { name: 'light-1440', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'dark-1440', width: 1440, height: 900, colorScheme: 'dark', rules: colourRules },
  { name: 'light-360', width: 360, height: 740, colorScheme: 'light' },
  { name: 'dark-360', width: 360, height: 740, colorScheme: 'dark', rules: colourRules },
];

const browserFlags = [
  '--no-sandbox', // the tests may run as root
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/**
 * Starts a server and a browser for one test and ends both with it.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, string>} [settings] more configuration, as ANTIPHON_* variables
 * @param {string} [host] what the address of the server says: browsers have passkeys at a name only
 * @param {string[]} [flags] more of the browser's own
 */
export async function openHouse(t, settings = {}, host = '127.0.0.1', flags = []) {
  const house = new House(await freePort(), settings, host);
  t.after(() => house.close(t));
  await house.start();
  house.browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? 'chromium',
    args: [...browserFlags, ...flags],
  });
  return house;
}

/** One running server with its data, and the people in front of it. */
class House {
  /** Where the first owner sets up the workspace; printed by the server at its first start. */
  setupLink = '';
  /** Everything that must not have happened, in words. The test fails at its end if there is any. */
  troubles = [];
  visitors = [];
  /** Origins of other servers that belong to the story. */
  neighbours = [];
  #owner;
  #server;
  #output = '';

  constructor(port, settings, host) {
    this.url = `http://${host}:${port}`;
    this.folder = mkdtempSync(join(tmpdir(), 'antiphon-e2e-'));
    this.environment = {
      PATH: process.env.PATH,
      RUST_BACKTRACE: '1',
      ANTIPHON_LISTEN: `127.0.0.1:${port}`,
      ANTIPHON_DATA: join(this.folder, 'data'),
      ANTIPHON_PUBLIC_URL: this.url,
      // Many servers at once on one machine.
      ANTIPHON_LIVE_PORT: '0',
      ANTIPHON_LIVE_ANNOUNCE: '127.0.0.1',
      ...settings,
    };
  }

  /** Starts the binary (again) and waits until it answers. */
  async start() {
    const program = process.env.ANTIPHON_BIN;
    assert.ok(program, 'ANTIPHON_BIN names no binary; run ./x test e2e');
    const server = spawn(program, ['serve'], { cwd: this.folder, env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#server = server;
    const said = this.#output.length;
    server.on('error', (error) => (this.#output += `could not be started: ${error.message}\n`));
    for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (this.#output += chunk));
    const deadline = Date.now() + startTimeoutMs;
    // Its own whole line, so that it is this server that answers, and the link in it is not cut.
    const greets = () => /^Antiphon runs at .*\n/m.test(this.#output.slice(said));
    while (!(greets() && (await this.#answers()))) {
      const isRunning = server.exitCode === null && server.signalCode === null && server.pid !== undefined;
      assert.ok(isRunning && Date.now() < deadline, `the server did not come up:\n${this.#lastWords()}`);
      await pause(50);
    }
    // The link of the last start: each makes its own.
    this.setupLink = this.#output.match(/https?:\/\/\S+\/setup\/[\w-]+/g)?.at(-1) ?? '';
  }

  /** Of the server, for those who look at its memory. */
  get pid() {
    return this.#server.pid;
  }

  /** Ends the server as an operator would, and waits for it. */
  async stop() {
    const code = await this.#end('SIGTERM');
    if (code !== 0) this.troubles.push(`the server's shutdown was not clean (${code}):\n${this.#lastWords()}`);
  }

  /** Ends the server as a power cut would. `start` brings it back on the same data. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Brings history in from a file (docs/import.md); the server is stopped meanwhile. */
  async import(lines) {
    await this.stop();
    const file = join(this.folder, 'history.jsonl');
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    execFileSync(process.env.ANTIPHON_BIN, ['import', 'jsonl', file], { cwd: this.folder, env: this.environment, stdio: 'pipe' });
    await this.start();
  }

  /** Somebody at a browser who is not signed in. */
  async newVisitor(name = 'visitor', { timezoneId = 'Europe/Berlin', locale = 'en-GB', ...more } = {}) {
    const context = await this.browser.newContext({
      locale,
      timezoneId,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
      ...more,
    });
    context.setDefaultTimeout(actionTimeoutMs);
    const visitor = new Visitor(this, name, context);
    visitor.timezoneId = timezoneId;
    this.visitors.push(visitor);
    await visitor.openPage();
    return visitor;
  }

  /** The first owner, signed in, with a workspace; made through the API, once per house. */
  async newOwner(name = 'Ada Lovelace') {
    assert.ok(!this.#owner, 'the house has its owner already');
    const token = this.setupLink.split('/').at(-1);
    this.#owner = await this.newVisitor(name);
    await this.#owner.signUp('/api/setup', { token, workspace_name: 'Analytical Society' });
    return this.#owner;
  }

  /** A member of the workspace, signed in in a browser of their own; invited by the owner through the API. */
  async newPerson(name, { role = 'member', spaceId = null, channelIds = [], timezoneId = 'Europe/Berlin' } = {}) {
    const owner = this.#owner ?? (await this.newOwner());
    const invitation = await owner.request('POST', '/api/invitations', {
      role,
      space_id: spaceId,
      channel_ids: channelIds,
      max_uses: 1,
      expires_in_s: 3600,
    });
    const token = invitation.url.split('/').at(-1);
    const person = await this.newVisitor(name, { timezoneId });
    await person.signUp(`/api/invitations/${token}/accept`, {});
    return person;
  }

  /** @param {import('node:test').TestContext} t hears of the troubles even when the test has failed already */
  async close(t) {
    await this.browser?.close();
    if (this.#server?.exitCode === null && this.#server.signalCode === null) await this.stop();
    if (this.#output.includes('panicked at')) this.troubles.push(`the server panicked:\n${this.#lastWords()}`);
    rmSync(this.folder, { recursive: true, force: true });
    for (const trouble of this.troubles) t.diagnostic(trouble);
    assert.deepEqual(this.troubles, [], 'nothing happened that must not happen');
  }

  async #answers() {
    try {
      return (await fetch(`${this.url}/healthz`)).ok;
    } catch {
      return false;
    }
  }

  async #end(signal) {
    const server = this.#server;
    if (server.exitCode !== null || server.signalCode !== null) return server.exitCode ?? server.signalCode;
    const exited = once(server, 'exit');
    server.kill(signal);
    const impatience = setTimeout(() => server.kill('SIGKILL'), stopTimeoutMs);
    const [code, killedBy] = await exited;
    clearTimeout(impatience);
    return code ?? killedBy;
  }

  #lastWords() {
    return this.#output.split('\n').slice(-40).join('\n');
  }
}

/** One person with a browser profile of their own. `page` is Playwright's. */
class Visitor {
  #expected = [];

  constructor(house, name, context) {
    this.house = house;
    this.name = name;
    this.context = context;
    context.on('request', (request) => this.#watchOrigin(request.url()));
    context.on('page', (page) => this.#watch(page));
  }

  /** Opens another tab and makes it the current one. */
  async openPage() {
    this.page = await this.context.newPage();
    return this.page;
  }

  async goto(path) {
    await this.page.goto(new URL(path, this.house.url).href);
  }

  /** A console error that belongs to the story, such as the 401 of a wrong password. */
  expectConsole(pattern) {
    this.#expected.push(pattern);
  }

  /** Asks the API with the cookies and the origin of this browser; gives the answer's JSON. */
  async request(method, path, body) {
    if (!this.page.url().startsWith(this.house.url)) await this.goto('/healthz');
    const answer = await this.page.evaluate(
      async ([method, path, body]) => {
        const headers = body === undefined ? {} : { 'content-type': 'application/json' };
        const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
        return { status: response.status, text: await response.text() };
      },
      [method, path, body],
    );
    assert.ok(answer.status < 400, `${method} ${path} was answered with ${answer.status}: ${answer.text}`);
    return answer.text ? JSON.parse(answer.text) : null;
  }

  /** Fills in who this is, posts it, and keeps what comes back as `me`. */
  async signUp(path, body) {
    this.email = `${this.name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.org`;
    this.password = `the long password of ${this.name}`;
    const { name, email, password, timezoneId: time_zone } = this;
    await this.request('POST', path, { ...body, name, email, password, time_zone, language: 'en' });
    // The questions of the first visit are a story of their own.
    this.me = await this.request('PATCH', '/api/me', { onboarded: true });
  }

  /** Another browser of the same person, signed in. */
  async newDevice() {
    const device = await this.house.newVisitor(this.name);
    Object.assign(device, { email: this.email, password: this.password });
    device.me = await device.request('POST', '/api/sessions', { email: this.email, password: this.password });
    return device;
  }

  /**
   * Looks at the screen in every width and colour scheme: no violation for axe, nothing to scroll sideways, nothing that
   * moves by itself (the browser asks for reduced motion), and a picture of each in e2e/shots.
   */
  async inspect(name) {
    await this.#look(name);
    if (this.me && tour.length > 0) await this.#tour(name);
    await this.page.setViewportSize({ width: 1440, height: 900 });
    await this.page.emulateMedia({ colorScheme: null });
    // Else the next click may begin on one thing and end on another.
    await settled(this.page);
  }

  async #tour(name) {
    try {
      for (const language of tour) {
        await this.#speak(language);
        await this.#look(`${name}-${language}`);
      }
    } finally {
      await this.#speak(this.me.language);
    }
  }

  async #look(name) {
    for (const look of looks) {
      await this.page.setViewportSize({ width: look.width, height: look.height });
      await this.page.emulateMedia({ colorScheme: look.colorScheme });
      await settled(this.page);
      await this.screenshot(`${name}-${look.name}`);
      await fits(this.page, `${name} (${look.name})`);
      await isStill(this.page, `${name} (${look.name})`);
      await axe(this.page, `${name} (${look.name})`, look.rules);
    }
  }

  /** The page changes its language while it is looked at: the story goes on in its own. */
  async #speak(language) {
    await this.request('PATCH', '/api/me', { language });
    await this.page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
    await pause(200);
  }

  async screenshot(name) {
    mkdirSync(shotsFolder, { recursive: true });
    await this.page.screenshot({ path: join(shotsFolder, `${name}.png`) });
  }

  #watch(page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#trouble(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.#trouble(`uncaught: ${error.stack ?? error}`));
    page.on('websocket', (socket) => this.#watchOrigin(socket.url()));
  }

  #watchOrigin(url) {
    const { protocol, host } = new URL(url);
    const isLocal = ['data:', 'blob:', 'about:'].includes(protocol);
    const isExpected = [this.house.url, ...this.house.neighbours].some((known) => host === new URL(known).host);
    if (!isLocal && !isExpected) this.#trouble(`asked another origin: ${url}`);
  }

  #trouble(what) {
    if (this.#expected.some((pattern) => what.match(pattern))) return;
    this.house.troubles.push(`${this.name}: ${what}`);
  }
}

/** Two frames: a change of width has reached the page's own listeners and been drawn. */
async function settled(page) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** Fails with what sticks out when the page can be scrolled sideways. */
export async function fits(page, screen = page.url()) {
  const outside = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return '';
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
    return `${scrollWidth} px in ${clientWidth}: ${wide.slice(0, 5).map((element) => `${element.tagName}.${element.className}`)}`;
  });
  assert.equal(outside, '', `sideways scroll of ${screen}`);
}

export async function isStill(page, screen = page.url()) {
  const moving = await page.evaluate(() =>
    document.getAnimations().map(({ effect, animationName, transitionProperty }) => `${effect?.target?.className}: ${animationName ?? transitionProperty}`),
  );
  assert.deepEqual(moving, [], `motion on ${screen}`);
}

/** Fails with every violation and where it is. Injected by the debugger, so the page's content policy stays as it is. */
export async function axe(page, screen = page.url(), rules = undefined) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: axeTags };
  const violations = await page.evaluate(async (runOnly) => {
    const result = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return result.violations.map(({ id, help, nodes }) => {
      const places = nodes.map((node) => `    ${node.target.join(' ')}: ${node.failureSummary?.split('\n').at(-1)?.trim() ?? ''}`);
      return `${id}: ${help}\n${places.join('\n')}`;
    });
  }, runOnly);
  assert.equal(violations.join('\n'), '', `accessibility of ${screen}`);
}

/** Waits until a question is answered with yes; for what no locator can wait for. */
export async function eventually(question, what, timeoutMs = actionTimeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (!(await question())) {
    assert.ok(Date.now() < deadline, `not within ${timeoutMs} ms: ${what}`);
    await pause(50);
  }
}

/** Below those that the system hands out, and for each process its own: a port that is free stays so until it is used. */
async function freePort() {
  for (;;) {
    const port = FIRST_PORT + (process.pid % 600) * 20 + (nextPort++ % 20);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
