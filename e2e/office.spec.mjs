/** Office hours: a queue with promised times, and one after the other is called in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, message, open } from './talk.mjs';

test('office hours', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cleo = await house.newPerson('Cleo Baker', { spaceId: channel.space_id });
  const card = ({ page }) => message(page, 'Questions about the exercises').getByRole('group', { name: 'Office hours' });

  await t.test('whoever receives opens them from the composer', async () => {
    const { page } = ada;
    await open(ada, channel);
    await page.getByRole('button', { name: 'More ways to send' }).click();
    await page.getByRole('menuitem', { name: 'Office hours' }).click();
    const dialog = page.getByRole('dialog', { name: 'Office hours' });
    await dialog.getByLabel('What is it about?').fill('Questions about the exercises');
    await dialog.getByLabel('Minutes for each').fill('10');
    await ada.inspect('office-open');
    await dialog.getByRole('button', { name: 'Open' }).click();
    await card(ada).getByText('Nobody waits.').waitFor();
    await ada.inspect('office-empty');
  });

  await t.test('one takes a place by keyboard, and reads when it is their turn', async () => {
    await open(bob, channel);
    await card(bob).getByText(/It would be your turn at about/).waitFor();
    await card(bob).getByRole('button', { name: 'Take a place' }).press('Enter');
    const dialog = bob.page.getByRole('dialog', { name: 'Take a place' });
    await dialog.getByLabel('What is it about?').fill('Exercise 3');
    await bob.inspect('office-take');
    await dialog.getByRole('button', { name: 'Take a place' }).press('Enter');
    await card(bob).getByText(/You are next, at about/).waitFor();
    await open(cleo, channel);
    await card(cleo).getByRole('button', { name: 'Take a place' }).click();
    await cleo.page.getByRole('dialog').getByRole('button', { name: 'Take a place' }).click();
    await card(cleo).getByText(/You are number 2, at about/).waitFor();
    assert.equal(await card(cleo).getByText('Exercise 3').count(), 0, 'what others come for is not theirs to know');
    await cleo.inspect('office-waiting');
  });

  await t.test('whoever receives sees who waits, and calls in the next', async () => {
    const queue = card(ada).getByRole('list', { name: 'Who waits' });
    await queue.getByText('Exercise 3').waitFor();
    assert.equal(await queue.getByRole('listitem').count(), 2);
    await ada.inspect('office-queue');
    await card(ada).getByRole('button', { name: 'Call in who is next' }).click();
    await ada.page.getByRole('region', { name: 'Before you come in' }).waitFor();
    await card(bob).getByText('It is your turn.').waitFor();
    await card(cleo).getByText(/You are next/).waitFor();
    await bob.inspect('office-called');
    await card(bob).getByRole('link', { name: 'Come in' }).click();
    for (const { page } of [ada, bob]) await page.getByRole('button', { name: 'Join', exact: true }).click();
    await ada.page.getByRole('list', { name: 'Who is in' }).getByRole('listitem').nth(1).waitFor();
    const { sessions } = await ada.request('GET', '/api/live');
    await ada.request('POST', `/api/channels/${sessions[0].channel_id}/live/${sessions[0].id}/end`, { outcome: 'none' });
    await open(ada, channel);
    const rows = queue.getByRole('listitem');
    await rows.filter({ hasText: 'Cleo Baker' }).waitFor();
    await rows.filter({ hasText: 'Bob Frost' }).waitFor({ state: 'detached' });
  });

  await t.test('a break moves what was promised, with a word; the end tells who waits', async () => {
    await card(ada).getByRole('button', { name: 'Later today' }).click();
    await ada.inspect('office-break');
    await ada.page.getByRole('dialog', { name: 'Go on later' }).getByRole('button', { name: 'Later today' }).click();
    await card(cleo).getByText(/Later than the .* that was promised/).waitFor();
    await cleo.inspect('office-later');
    await ada.inspect('office-away');
    await card(ada).getByRole('button', { name: 'Go on now' }).click();
    await card(cleo).getByText(/Earlier than the/).waitFor();
    await card(ada).getByRole('button', { name: 'End' }).click();
    await ada.page.getByRole('dialog', { name: 'End the office hours?' }).getByRole('button', { name: 'End' }).click();
    await card(cleo).getByText('They are over.').waitFor();
    await cleo.inspect('office-over');
  });
});
