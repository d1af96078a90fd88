/** What somebody says about now, and the small card of a person. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, message, open, post } from './talk.mjs';

test('status and card', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await post(bob, channel, 'Here I am');
  await open(ada, channel);
  await open(bob, channel);

  await t.test('a status is set from the menu and seen by others at once', async () => {
    const { page } = bob;
    await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: /Bob Frost/ }).click();
    await page.getByRole('menuitem', { name: 'Set a status' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Lunch' }).click();
    assert.equal(await page.getByLabel('In words').inputValue(), 'Lunch');
    await bob.inspect('status');
    await page.getByRole('dialog').getByRole('button', { name: 'Set status' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await message(ada.page, 'Here I am').getByRole('img', { name: /Lunch/ }).waitFor();
  });

  await t.test('a press on a name shows who that is; Escape goes back to the name', async () => {
    const { page } = ada;
    const name = message(page, 'Here I am').getByRole('button', { name: 'Bob Frost' }).first();
    await name.click();
    const card = page.getByRole('dialog', { name: 'Bob Frost' });
    await card.getByText(/Lunch \(ends in/).waitFor();
    await card.getByRole('link', { name: 'Profile' }).waitFor();
    await ada.inspect('person-card');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    assert.equal(await name.evaluate((button) => button === document.activeElement), true);
    await name.press('Enter');
    await card.getByRole('button', { name: 'Write' }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/c/') && !url.pathname.includes(channel.id));
    await page.locator('h1').filter({ hasText: 'Bob Frost' }).waitFor();
    await page.getByText('🥪 Lunch').waitFor();
    await ada.inspect('status-direct');
  });

  await t.test('on a phone it is the whole page', async () => {
    const { page } = ada;
    await page.setViewportSize({ width: 360, height: 740 });
    await open(ada, channel);
    await message(page, 'Here I am').getByRole('button', { name: 'Bob Frost' }).first().click();
    await page.waitForURL(/\/people\//);
    await page.getByText(/Lunch \(ends in/).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await t.test('it is over at its moment, and is taken back', async () => {
    const { page } = bob;
    await bob.request('PUT', '/api/me/status', { emoji: '🎧', text: 'Hush', until: (Date.now() + 1_800_000) * 1000 });
    await bob.goto('/settings/profile');
    await page.getByText(/Hush/).waitFor();
    await page.clock.setFixedTime(Date.now() + 1_860_000);
    await page.getByText('You say nothing about now.').waitFor();
    await page.clock.setFixedTime(Date.now());
    await bob.request('PUT', '/api/me/status', { emoji: '🌴', text: 'Away', until: null });
    await page.getByText(/🌴 Away/).waitFor();
    await bob.inspect('status-profile');
    await page.getByRole('button', { name: 'Change status' }).click();
    await page.getByRole('button', { name: 'Clear status' }).click();
    await page.getByText('You say nothing about now.').waitFor();
  });
});
