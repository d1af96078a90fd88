/** Whoever interprets is on the stage for everybody, large enough to read signs; each can put that away for themselves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, control, received, tiles, until, watch } from './calls.mjs';
import { axe, openHouse } from './harness.mjs';
import { general, newId } from './talk.mjs';

test('interpreters', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const ina = await house.newPerson('Ina Sign', { spaceId: channel.space_id });
  const everybody = [ada, bob, ina];
  const live_id = newId();
  await ada.request('POST', `/api/channels/${channel.id}/live`, { id: live_id, message_id: newId(), about: 'For all of us', is_open: true });
  await watch(bob.page);
  const sign = (page) => page.locator('li[data-interprets]', { hasText: 'Ina Sign' });

  await t.test('a host says who interprets, and everybody sees it at once', async () => {
    for (const person of everybody) await person.goto(`/c/${channel.id}/live/${live_id}`);
    await ina.page.getByRole('switch', { name: 'With camera' }).click();
    for (const { page } of everybody) await page.getByRole('button', { name: 'Join' }).click();
    await tiles(ada.page).nth(2).waitFor();
    await control(ada.page, 'People').click();
    const people = ada.page.getByRole('complementary', { name: 'People' });
    await people.getByRole('button', { name: 'More: Ina Sign' }).click();
    await ada.page.getByRole('menuitemcheckbox', { name: 'Interpreter' }).click();
    await people.getByText('interprets').waitFor();
    await people.getByRole('button', { name: 'Close' }).click();
    for (const { page } of [ada, bob]) {
      await sign(page).waitFor();
      await page.getByText('Ina Sign interprets.').waitFor({ state: 'attached' });
    }
    const seen = await sign(bob.page).boundingBox();
    assert.ok(seen.width >= 340 && seen.height >= 200, JSON.stringify(seen));
    await until(async () => (await received(bob.page)).video > 10, 'signs are seen');
    const height = () => sign(bob.page).locator('video').evaluate((video) => video.videoHeight);
    await until(async () => (await height()) >= 360, `not the smallest picture: ${await height()}`);
    await bob.inspect('interpreters');
  });

  await t.test('beside a screen that is shown, and on a phone, they stay', async () => {
    await control(ada.page, 'Share').click();
    await bob.page.locator('li[data-large]', { hasText: 'Ada Lovelace shows their screen' }).waitFor();
    await sign(bob.page).waitFor();
    await bob.inspect('interpreters-content');
    await bob.page.setViewportSize({ width: 360, height: 740 });
    await until(async () => (await sign(bob.page).boundingBox()).width > 320, 'wide enough on a phone');
    await axe(bob.page, 'interpreters on a phone');
    await bob.page.setViewportSize({ width: 1440, height: 900 });
    await control(ada.page, 'Share').click();
  });

  await t.test('who does not need it puts it away, for themselves', async () => {
    await choose(bob.page, 'Show who interprets', 'menuitemcheckbox');
    await sign(bob.page).waitFor({ state: 'detached' });
    await sign(ada.page).waitFor();
    await choose(bob.page, 'Show who interprets', 'menuitemcheckbox');
    await sign(bob.page).waitFor();
  });
});
