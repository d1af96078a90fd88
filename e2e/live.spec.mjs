/** A conversation goes live: who is in is heard and seen, hands go up in order, and what it was stays in its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, message, open } from './talk.mjs';

/** How many packets of sound and pictures a page has received. */
const heard = (page) =>
  page.evaluate(async () => {
    let [audio, video] = [0, 0];
    for (const connection of window.connections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        if (report.kind === 'audio') audio += report.packetsReceived;
        else video += report.framesDecoded ?? 0;
      }
    }
    return { audio, video };
  });

/** Keeps every connection of the page where `heard` finds it. */
const watch = (page) =>
  page.addInitScript(() => {
    window.connections = [];
    const Native = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Native {
      constructor(...given) {
        super(...given);
        window.connections.push(this);
      }
    };
  });

async function until(holds, what) {
  const end = Date.now() + 20_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `in 20 seconds: ${what}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

const tiles = (page) => page.getByRole('list', { name: 'Who is in' }).getByRole('listitem');
const control = (page, name) => page.getByRole('toolbar', { name: 'What you can do' }).getByRole('button', { name, exact: true });

test('live sessions', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const { page } of [ada, bob]) await watch(page);

  await t.test('one goes live from the composer, and the doors stay closed until they are opened', async () => {
    await open(bob, channel);
    await open(ada, channel);
    await ada.page.getByRole('button', { name: 'More ways to send' }).click();
    await ada.page.getByRole('menuitem', { name: 'Go live' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Go live' });
    await dialog.getByLabel('What is it about?').fill('Which bus do we take?');
    await dialog.getByRole('switch', { name: 'Others can come in at once' }).click();
    await ada.inspect('live-begin');
    await dialog.getByRole('button', { name: 'Go live' }).click();
    await ada.page.getByRole('region', { name: 'Before you come in' }).waitFor();
    await ada.inspect('live-lobby');
    const strip = message(bob.page, 'Which bus do we take?').getByRole('group', { name: 'Live now' });
    await strip.getByText('Being prepared').waitFor();
    await strip.getByRole('link', { name: 'Join' }).click();
    await bob.page.getByText('Whoever hosts this opens the doors. You can wait here.').waitFor();
    await ada.page.getByRole('button', { name: 'Open the doors' }).click();
    await bob.page.getByText('Nobody is in yet.').waitFor();
  });

  await t.test('both are heard and seen', async () => {
    for (const { page } of [ada, bob]) {
      await page.getByRole('switch', { name: 'With camera' }).click();
      await page.getByRole('button', { name: 'Join' }).click();
    }
    for (const { page } of [ada, bob]) {
      await tiles(page).nth(1).waitFor();
      await until(async () => (await heard(page)).audio > 50, 'sound is heard');
      await until(async () => (await heard(page)).video > 10, 'pictures are seen');
    }
    await tiles(ada.page).filter({ hasText: 'Bob Frost' }).waitFor();
    await ada.inspect('live-both');
  });

  await t.test('who is in is in the record, and on the strip', async () => {
    await until(async () => (await ada.request('GET', '/api/live')).sessions[0].n_in === 2, 'both are written down');
    const cleo = await house.newPerson('Cleo Baker', { spaceId: channel.space_id });
    await open(cleo, channel);
    const strip = message(cleo.page, 'Which bus do we take?').getByRole('group', { name: 'Live now' });
    await strip.getByText('2 people are in').waitFor();
    await cleo.inspect('live-strip');
  });

  await t.test('one is muted by keyboard, and the others see it', async () => {
    await bob.page.locator('body').press('m');
    await control(bob.page, 'Unmute').waitFor();
    await tiles(ada.page).filter({ hasText: 'Bob Frost' }).getByLabel('muted').waitFor();
    await control(bob.page, 'Unmute').click();
    await tiles(ada.page).filter({ hasText: 'Bob Frost' }).getByLabel('muted').waitFor({ state: 'detached' });
  });

  await t.test('a hand goes up, and whoever hosts takes it down', async () => {
    await control(bob.page, 'Hand').click();
    const hands = ada.page.getByRole('list', { name: 'Who wants to speak' });
    await hands.getByText('Bob Frost').waitFor();
    await ada.inspect('live-hand');
    await hands.getByRole('button', { name: 'Done: Bob Frost' }).click();
    await hands.waitFor({ state: 'detached' });
    assert.equal(await control(bob.page, 'Hand').getAttribute('aria-pressed'), 'false');
  });

  await t.test('who loads the page again takes their own place', async () => {
    await bob.page.reload();
    await bob.page.getByRole('button', { name: 'Join' }).click();
    await tiles(bob.page).nth(1).waitFor();
    await until(async () => (await tiles(ada.page).count()) === 2, 'nobody stands there twice');
    await until(async () => (await heard(bob.page)).audio > 50, 'sound is heard again');
  });

  await t.test('after the server was started again both are back by themselves, in the same session', async () => {
    await house.stop();
    await house.start();
    await until(async () => (await ada.request('GET', '/api/live')).sessions[0]?.n_in === 2, 'both are back');
    for (const { page } of [ada, bob]) {
      await tiles(page).nth(1).waitFor();
      const before = (await heard(page)).audio;
      await until(async () => (await heard(page)).audio > before + 50, 'sound goes on');
    }
    assert.equal((await ada.request('GET', '/api/live')).sessions.length, 1);
  });

  await t.test('the end asks what came of it, sends everybody home, and leaves a card', async () => {
    await control(ada.page, 'End for all').click();
    const dialog = ada.page.getByRole('dialog', { name: 'End it for all?' });
    await dialog.getByText('A decision').click();
    await ada.inspect('live-end');
    await dialog.getByRole('button', { name: 'End for all' }).click();
    const card = message(ada.page, 'Which bus do we take?').getByRole('group', { name: 'Live session' });
    await card.getByText(/1 minute · 2 people were there · something was decided/).waitFor();
    await bob.page.getByText('What was written and decided stands in the conversation.').waitFor();
    await ada.inspect('live-card');
    assert.deepEqual((await ada.request('GET', '/api/live')).sessions, []);
  });
});
