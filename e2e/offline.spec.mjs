/** Without a network: the app opens, the last conversations can be read, what is written goes out once and in order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, numbered, open, postAll, row, say, texts } from './talk.mjs';

/** The service worker rules over the page, and the last state of the page is on the disk. */
export async function isKept(person, text) {
  await person.page.evaluate(() => navigator.serviceWorker.ready);
  await eventually(() => person.page.evaluate(holdsText, text), `"${text}" is kept on the device`, 15_000);
}

/** Runs in the page: whether the database of what is kept holds this text anywhere. */
function holdsText(text) {
  return new Promise((resolve) => {
    const asked = indexedDB.open('antiphon-kept');
    asked.onerror = () => resolve(false);
    asked.onsuccess = () => {
      const database = asked.result;
      if (!database.objectStoreNames.contains('kept')) {
        database.close();
        return resolve(false);
      }
      const all = database.transaction('kept').objectStore('kept').getAll();
      all.onsuccess = () => {
        database.close();
        resolve(JSON.stringify(all.result).includes(text));
      };
    };
  });
}

const cacheNames = (page) => page.evaluate(() => caches.keys());

test('offline', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const person of [ada, bob]) person.expectConsole(/ERR_|WebSocket connection|Failed to load resource|status of 40[14]/);
  const { page } = bob;
  await postAll(ada, channel, numbered('Leaf', 1, 30));
  await open(ada, channel);
  await open(bob, channel);
  await message(page, 'Leaf 30.').waitFor();

  await t.test('the app can be installed', async () => {
    const manifest = await (await fetch(`${house.url}/manifest.webmanifest`)).json();
    const icons = await Promise.all(manifest.icons.map(async ({ src, sizes, type, purpose }) => {
      const answer = await fetch(new URL(src, house.url));
      return { ok: answer.ok, isType: answer.headers.get('content-type') === type, sizes, purpose };
    }));
    assert.deepEqual(icons.filter(({ ok, isType }) => !ok || !isType), []);
    assert.ok(icons.some(({ sizes, purpose }) => sizes === '512x512' && purpose === 'maskable'));
    const worker = await fetch(`${house.url}/sw.js`);
    assert.deepEqual([worker.headers.get('cache-control'), worker.headers.get('content-type')], ['no-cache', 'text/javascript; charset=utf-8']);
    const session = await bob.context.newCDPSession(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  });

  await t.test('a reload without a network shows the last channel', async () => {
    await isKept(bob, 'Leaf 30.');
    await bob.context.setOffline(true);
    await page.reload();
    await message(page, 'Leaf 30.').waitFor();
    // The debugger's offline is not told to a page that begins in it; a real browser says "You are offline." here.
    await page.getByText(/^(You are offline|Connecting again)\./).waitFor();
    assert.equal((await texts(page)).at(-1), 'Leaf 30.');
    await bob.inspect('offline-reloaded');
  });

  await t.test('what is written there survives another reload, and goes out once and in order', async () => {
    for (const text of ['Dry one', 'Dry two']) await say(page, text);
    await message(page, 'Dry two').getByText('Waiting for network').waitFor();
    await page.reload();
    await message(page, 'Dry two').getByText('Waiting for network').waitFor();
    await say(page, 'Dry three');
    await postAll(ada, channel, ['Meanwhile']);
    await bob.context.setOffline(false);
    await message(ada.page, 'Dry three').waitFor();
    await message(page, 'Meanwhile').waitFor();
    await page.getByText('Waiting for network').waitFor({ state: 'detached' });
    const expected = [...numbered('Leaf', 1, 30), 'Meanwhile', 'Dry one', 'Dry two', 'Dry three'];
    await eventually(async () => (await texts(page)).slice(-4).join() === expected.slice(-4).join(), 'Bob sees them once');
    assert.deepEqual((await texts(ada.page)).slice(-4), expected.slice(-4));
    await page.reload();
    await message(page, 'Dry three').waitFor();
    await eventually(async () => (await texts(page)).slice(-4).join() === expected.slice(-4).join(), 'and after a reload', 30_000);
  });

  await t.test('the server is stopped: the app opens all the same, and goes on when it is back', async () => {
    await isKept(bob, 'Dry three');
    await house.stop();
    await page.reload();
    await message(page, 'Dry three').waitFor();
    await say(page, 'Said to nobody');
    await message(page, 'Said to nobody').getByText('Waiting for network').waitFor();
    await house.start();
    await message(ada.page, 'Said to nobody').waitFor({ timeout: 40_000 });
    await page.getByText('Waiting for network').waitFor({ state: 'detached', timeout: 40_000 });
    assert.equal((await texts(page)).filter((text) => text === 'Said to nobody').length, 1);
  });

  await t.test('counts go on from where they were kept', async () => {
    // What was in view for a second is read; before that, leaving would rightly leave "Meanwhile" unread.
    await eventually(async () => (await general(bob)).n_unread === 0, 'Bob has read what is there');
    await bob.goto('/people');
    await isKept(bob, 'Said to nobody');
    await page.waitForTimeout(2_500); // the moment after which a change is written down
    await bob.context.setOffline(true);
    await page.reload();
    await row(page, 'general').waitFor();
    await postAll(ada, channel, numbered('Bud', 1, 3));
    await bob.context.setOffline(false);
    await row(page, 'general').getByText('3 unread').waitFor();
    await page.reload();
    await row(page, 'general').getByText('3 unread').waitFor();
  });

  await t.test('no answer of the server lies in a cache', async () => {
    const kept = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
    assert.ok(kept.length > 20, 'the files of the app are there');
    assert.deepEqual(kept.filter((path) => !path.startsWith('/assets/') && !['/', '/sign-in'].includes(path)), []);
  });

  await t.test('a new build is offered, and taken when the reader says so', async () => {
    await open(bob, channel);
    await field(page).waitFor();
    // Another address is another worker to the browser, as a changed one is after an upgrade of the server.
    await page.evaluate(async () => {
      await caches.open('antiphon-older');
      await navigator.serviceWorker.register('/sw.js?newer');
    });
    await page.getByText('A new version is here.').waitFor();
    await field(page).fill('A draft that stays');
    await bob.inspect('new-build');
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
    await eventually(async () => (await cacheNames(page)).length === 1, 'only the new build is kept');
    assert.notDeepEqual(await cacheNames(page), ['antiphon-older']);
    await field(page).waitFor();
    assert.equal(await field(page).inputValue(), 'A draft that stays');
  });

  await t.test('who signs out leaves nothing behind', async () => {
    await page.getByRole('button', { name: 'Bob Frost. Profile and settings' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.getByLabel('Mail address').waitFor();
    assert.deepEqual(await cacheNames(page), []);
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name === 'antiphon-kept')), []);
  });

  await t.test('and so does who was signed out from elsewhere; the next person sees nothing of the last', async () => {
    await page.getByLabel('Mail address').fill(ada.email);
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Ada Lovelace. Profile and settings' }).waitFor();
    await isKept(bob, 'Ada Lovelace');
    await bob.context.setOffline(true);
    await page.reload();
    await page.getByRole('button', { name: 'Ada Lovelace. Profile and settings' }).waitFor();
    await bob.context.setOffline(false);
    const { items } = await ada.request('GET', '/api/sessions');
    for (const session of items.filter(({ current }) => !current)) await ada.request('DELETE', `/api/sessions/${session.id}`);
    await page.waitForURL(/\/sign-in/, { timeout: 40_000 });
    await page.getByLabel('Mail address').waitFor();
    const kept = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name === 'antiphon-kept'));
    await eventually(async () => (await kept().catch(() => ['the page was just loaded'])).length === 0, 'nothing of the last person is kept');
  });
});
