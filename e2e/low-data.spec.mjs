/** Little data and slow lines: less is loaded, it is said so, and the channel is there soon enough. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { general, message, numbered, open, postAll, texts } from './talk.mjs';

const maxFirstLoadBytes = 300_000;
const firstVisitMs = 12_000;
const secondVisitMs = 5_000;
/** "Slow 3G" of Chromium's tools: 400 kbit/s, and 2 s until an answer begins. */
const slow3G = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };

test('low data', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const person of [ada, bob]) person.expectConsole(/ERR_|WebSocket connection|Failed to load resource/);
  await postAll(ada, channel, numbered('Grain', 1, 80));
  await givePicture(ada);

  await t.test('the first load of low data is under 300 kB in all', async () => {
    await choose(bob, 'low');
    const session = await bob.context.newCDPSession(bob.page);
    let n_bytes = 0;
    const paths = [];
    await session.send('Network.enable');
    await session.send('Network.clearBrowserCache');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (n_bytes += encodedDataLength));
    session.on('Network.webSocketFrameReceived', ({ response }) => (n_bytes += response.payloadData.length));
    bob.page.on('request', (request) => paths.push(new URL(request.url()).pathname));
    await open(bob, channel);
    await message(bob.page, 'Grain 80.').waitFor();
    await bob.page.evaluate(() => navigator.serviceWorker.ready);
    await bob.page.waitForTimeout(1_000);
    t.diagnostic(`first load of low data: ${Math.round(n_bytes / 1000)} kB`);
    assert.ok(n_bytes > 100_000, 'it was counted');
    assert.ok(n_bytes < maxFirstLoadBytes, `${n_bytes} bytes`);
    assert.deepEqual(paths.filter((path) => path.endsWith('.woff2')), [], 'no web font');
    assert.deepEqual(paths.filter((path) => /picture|avatar/.test(path)), [], 'no pictures of people');
    await session.detach();
  });

  await t.test('it is said, pages are short, and it can be changed', async () => {
    const { page } = bob;
    await page.getByText('Low data is on.').waitFor();
    const first = await page.evaluate(async (id) => (await (await fetch(`/api/start?channel=${id}&limit=30`)).json()).page.messages[0].text, channel.id);
    assert.equal(first, 'Grain 51.');
    await bob.inspect('low-data');
    await page.getByRole('link', { name: 'Change' }).click();
    await page.getByRole('radio', { name: /^Full/ }).waitFor();
    await bob.inspect('low-data-settings');
    await page.getByText('Full', { exact: true }).click();
    await page.getByText('Low data is on.').waitFor({ state: 'detached' });
  });

  await t.test('nothing large is sent before its owner has said so', async () => {
    await choose(bob, 'low');
    await open(bob, channel);
    const sends = [];
    bob.page.on('request', (request) => request.method() === 'POST' && new URL(request.url()).pathname === '/api/uploads' && sends.push(request));
    await bob.page.locator('[data-pane="main"] input[data-attach]').setInputFiles([{ name: 'film.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(3_000_000, 7) }]);
    const card = bob.page.getByRole('list', { name: 'Files to be sent' }).getByRole('listitem');
    await card.filter({ hasText: '3 MB. Low data is on.' }).waitFor();
    await bob.page.getByText('Send 1 large file?').waitFor();
    await bob.inspect('low-data-upload');
    assert.equal(sends.length, 0);
    assert.equal(await bob.page.getByRole('button', { name: 'Send', exact: true }).isEnabled(), false);
    await card.getByRole('button', { name: 'Upload film.bin all the same' }).click();
    await eventually(() => bob.page.getByRole('button', { name: 'Send', exact: true }).isEnabled(), 'it has arrived');
    assert.equal(sends.length, 1);
    await card.getByRole('button', { name: 'Take out film.bin' }).click();
  });

  await t.test('it begins by itself where the browser saves data', async () => {
    await choose(bob, 'auto');
    await bob.context.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData: true, effectiveType: '4g' }) }));
    await open(bob, channel);
    await bob.page.getByText('Low data is on.').waitFor();
    assert.match(await bob.page.evaluate(() => getComputedStyle(document.body).fontFamily), /^system-ui/);
    assert.equal(await bob.page.locator('article img').count(), 0);
  });

  await t.test('on slow 3G a channel can be read after 12 s, at the second visit after 5 s', async () => {
    const cy = await house.newPerson('Cy Slow', { spaceId: channel.space_id });
    cy.expectConsole(/ERR_|WebSocket connection|Failed to load resource/);
    cy.context.setDefaultTimeout(60_000);
    await slowDown(house, cy);
    const first = await timeOf(async () => {
      await cy.goto(`/c/${channel.id}`);
      await message(cy.page, 'Grain 80.').waitFor();
    });
    await cy.page.evaluate(() => navigator.serviceWorker.ready);
    await eventually(() => cy.page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name === 'antiphon-kept')), 'it is kept', 60_000);
    await cy.page.waitForTimeout(3_000);
    await slowDown(house, cy);
    const second = await timeOf(async () => {
      await cy.goto(`/c/${channel.id}`);
      await message(cy.page, 'Grain 80.').waitFor();
    });
    t.diagnostic(`slow 3G: first visit ${first} ms, second ${second} ms`);
    assert.ok(first <= firstVisitMs, `first visit: ${first} ms`);
    assert.ok(second <= secondVisitMs, `second visit: ${second} ms`);
    assert.equal((await texts(cy.page)).at(-1), 'Grain 80.');
  });
});

async function timeOf(act) {
  const start = performance.now();
  await act();
  return Math.round(performance.now() - start);
}

/** Chooses on the sign-in page's origin, before the app is opened. */
async function choose(person, use) {
  await person.goto('/healthz');
  await person.page.evaluate((use) => localStorage.setItem('antiphon.data-use', use), use);
}

/** The page, and the service worker, which has a line of its own. */
async function slowDown(house, person) {
  const session = await person.context.newCDPSession(person.page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', slow3G);
  const browser = await house.browser.newBrowserCDPSession();
  const { targetInfos } = await browser.send('Target.getTargets');
  for (const { targetId } of targetInfos.filter(({ type, url }) => type === 'service_worker' && url.startsWith(house.url))) {
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
    const tell = (id, method, params) => browser.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    await tell(1, 'Network.enable', {});
    await tell(2, 'Network.emulateNetworkConditions', slow3G);
  }
}

/** A picture of one colour, so that there is something to leave out. */
async function givePicture(person) {
  await person.goto('/healthz');
  const ok = await person.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 64);
    canvas.getContext('2d').fillRect(0, 0, 64, 64);
    const body = await canvas.convertToBlob({ type: 'image/png' });
    return (await fetch('/api/me/picture', { method: 'PUT', headers: { 'content-type': 'image/png' }, body })).ok;
  });
  assert.ok(ok, 'the picture was taken');
}
