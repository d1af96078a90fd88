/** Who was in and spoke: told to hosts where the charter says so, and to everybody before they come in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, message, newId, open } from './talk.mjs';

const tiles = (page) => page.getByRole('list', { name: 'Who is in' }).getByRole('listitem');

async function goLive({ page }, about) {
  await page.getByRole('button', { name: 'Go live' }).click();
  const dialog = page.getByRole('dialog', { name: 'Go live' });
  await dialog.getByLabel('What is it about?').fill(about);
  return dialog;
}

test('who was there', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });

  await t.test('the charter of the channel says it', async () => {
    await open(ada, channel);
    await ada.page.getByRole('button', { name: 'About this channel' }).click();
    await ada.page.getByRole('button', { name: 'Change', exact: true }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Charter' });
    await dialog.getByLabel('Live sessions').selectOption({ label: 'Hosts see who was in and who spoke how long' });
    await ada.inspect('numbers-charter');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await ada.page.getByText('Hosts see who was in and who spoke how long').waitFor();
  });

  await t.test('everybody reads it before they come in', async () => {
    await open(ada, channel);
    await open(bob, channel);
    const dialog = await goLive(ada, 'Which bus do we take?');
    await dialog.getByText('In this channel you will see afterwards who was in').waitFor();
    await dialog.getByRole('button', { name: 'Go live' }).click();
    await ada.page.getByText('Whoever hosts this sees afterwards who was in').waitFor();
    await message(bob.page, 'Which bus do we take?').getByRole('link', { name: 'Join' }).click();
    await bob.page.getByText('Whoever hosts this sees afterwards who was in').waitFor();
    await bob.inspect('numbers-lobby');
    for (const { page } of [ada, bob]) await page.getByRole('button', { name: 'Join' }).click();
    await tiles(ada.page).nth(1).waitFor();
  });

  await t.test('whoever hosted it reads who was there, and the others their own part', async () => {
    const live = (await ada.request('GET', '/api/live')).sessions[0];
    const numbers = () => ada.request('GET', `/api/channels/${channel.id}/live/${live.id}/numbers`);
    const limit = Date.now() + 40_000;
    while ((await numbers()).all.filter(({ spoke_s }) => spoke_s > 1).length < 2) {
      assert.ok(Date.now() < limit, JSON.stringify(await numbers()));
      await new Promise((done) => setTimeout(done, 500));
    }
    await ada.request('POST', `/api/channels/${channel.id}/live/${live.id}/end`, { outcome: 'none' });
    await open(ada, channel);
    await message(ada.page, 'Which bus do we take?').getByRole('button', { name: 'Who was there' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Who was there' });
    await dialog.getByRole('row', { name: /Bob Frost/ }).getByText(/about|most|a little/).waitFor();
    await ada.inspect('numbers-host');
    await ada.page.keyboard.press('Escape');
    await open(bob, channel);
    await message(bob.page, 'Which bus do we take?').getByRole('button', { name: 'My part' }).click();
    await bob.page.getByRole('dialog', { name: 'My part' }).getByText(/You were in for/).waitFor();
    await bob.page.getByRole('dialog', { name: 'My part' }).getByText(/You spoke for/).waitFor();
    assert.equal(await bob.page.getByRole('table').count(), 0);
    await bob.inspect('numbers-own');
    await bob.page.keyboard.press('Escape');
    const own = await bob.request('GET', `/api/channels/${channel.id}/live/${live.id}/numbers`);
    assert.equal(own.all, null);
  });

  await t.test('notes that nobody can post stay where they were written', async () => {
    const side = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'trip', kind: 'public' });
    const all = `/api/channels/${side.id}/live`;
    const { session } = await ada.request('POST', all, { id: newId(), message_id: newId(), about: 'Where to?' });
    const one = `${all}/${session.id}`;
    await ada.request('POST', `${one}/enter`, { device: 'a' });
    const room = { id: newId(), name: 'Costs', people: [ada.me.id] };
    await ada.request('PUT', `${one}/breakouts`, { rooms: [room] });
    await ada.request('POST', `${one}/notes`, { id: newId(), breakout_id: room.id, text: 'Three each.' });
    await ada.request('PATCH', `/api/channels/${side.id}`, { archived: true });
    await ada.request('POST', `${one}/end`, { outcome: 'none' });
    await open(ada, side);
    await message(ada.page, 'Where to?').getByRole('button', { name: 'Notes of the breakouts' }).click();
    await ada.page.getByRole('dialog', { name: 'Notes of the breakouts' }).getByText('Three each.').waitFor();
    await ada.inspect('numbers-notes');
  });
});
