/** Groups: people under one name, who are called together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { field, general, message, open, row, say } from './talk.mjs';

test('groups', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  ada.expectConsole(/status of 422/);
  const cy = await house.newPerson('Cy Rhee', { spaceId: channel.space_id });

  await t.test('who looks after a space makes a group of it and says who is in it', async () => {
    const { page } = ada;
    await ada.goto(`/browse/${channel.space_id}?tab=groups`);
    await page.getByText('No groups yet').waitFor();
    await ada.inspect('groups-none');
    await page.getByRole('button', { name: 'New group' }).click();
    await page.getByLabel('Name').fill('Section B');
    await page.getByLabel('Word to call it by').fill('two words');
    await ada.inspect('group-new');
    await page.getByRole('button', { name: 'Make the group' }).click();
    await page.getByText(/one word of letters/).waitFor();
    await page.getByLabel('Word to call it by').fill('@Section-B');
    await page.getByRole('button', { name: 'Make the group' }).click();
    await page.waitForURL(/\/groups\//);
    await page.getByText('Nobody is in this group yet.').waitFor();
    await page.getByRole('button', { name: 'Add people' }).click();
    await page.getByRole('option', { name: 'Bob Frost' }).click();
    await page.getByRole('option', { name: 'Ada' }).click();
    await ada.inspect('group-add');
    await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('list', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Bob Frost' }).waitFor();
    await page.getByText(/@section-b · .* · 2 people/).waitFor();
    await ada.inspect('group');
  });

  await t.test('writing its name calls those who are in it, and says how many that are before', async () => {
    await open(bob, channel);
    await bob.goto('/people');
    await cy.goto('/people');
    await open(ada, channel);
    const { page } = ada;
    await field(page).pressSequentially('Hello @sec');
    await page.getByRole('option', { name: /@section-b.*tells 1 person/ }).waitFor();
    await ada.inspect('group-completion');
    await field(page).press('Enter');
    await field(page).pressSequentially('bring paper');
    await field(page).press('Enter');
    await page.getByText('This tells 1 person at once.').waitFor();
    await page.getByRole('button', { name: 'Send to all' }).click();
    await message(page, '@section-b bring paper').waitFor();
    await row(bob.page, /general.*1/).waitFor();
    const counted = async (person) => (await person.request('GET', '/api/start')).channels.find(({ id }) => id === channel.id);
    assert.deepEqual([(await counted(bob)).n_mentions, (await counted(cy)).n_mentions, (await counted(cy)).n_unread], [1, 0, 1]);
    await open(bob, channel);
    await message(bob.page, '@section-b bring paper').locator('[data-me]').waitFor();
    await bob.inspect('group-mention');
  });

  await t.test('a renamed group is renamed in what was said, and in a draft', async () => {
    const { page } = ada;
    await field(page).pressSequentially('@sec');
    await page.getByRole('option', { name: /@section-b/ }).click();
    await field(page).pressSequentially('later');
    const [group] = (await ada.request('GET', '/api/groups')).items;
    await page.waitForTimeout(1_500);
    await ada.request('PATCH', `/api/groups/${group.id}`, { handle: 'room-b' });
    await message(bob.page, '@room-b bring paper').waitFor();
    await page.reload();
    await message(page, '@room-b bring paper').waitFor();
    assert.equal(await field(page).inputValue(), '@room-b later');
    await field(page).fill('');
  });

  await t.test('the name leads to the group; one who may leaves and joins', async () => {
    const { page } = bob;
    const [group] = (await ada.request('GET', '/api/groups')).items;
    await message(page, '@room-b bring paper').getByRole('link', { name: '@room-b' }).click();
    await page.waitForURL(new RegExp(group.id));
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('button', { name: 'Leave' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('button', { name: 'Join' }).count(), 0, 'it is not open');
    await ada.request('PATCH', `/api/groups/${group.id}`, { open: true });
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('2 people').first().waitFor();
    await bob.inspect('group-member');
    await bob.goto('/groups');
    await page.getByRole('link', { name: '@room-b' }).waitFor();
    await bob.inspect('groups');
    const [, me] = (await ada.request('GET', '/api/people')).items;
    await bob.goto(`/people/${me.id}`);
    await page.getByRole('link', { name: '@room-b' }).waitFor();
    await bob.inspect('person-groups');
  });

  await t.test('the palette finds a group by its word', async () => {
    const { page } = bob;
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').fill('room');
    await page.getByRole('option', { name: /room-b/ }).click();
    await page.waitForURL(/\/groups\//);
  });

  await t.test('a whole group comes into a channel at once', async () => {
    const { page } = ada;
    const made = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'exam', kind: 'private' });
    await ada.goto(`/c/${made.id}?about=true`);
    await page.getByRole('button', { name: 'Add people' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('@room-b').waitFor();
    await ada.inspect('group-into-channel');
    await dialog.getByRole('button', { name: 'Add Section B' }).click();
    await dialog.getByText('1 came in, 1 were there already, 0 cannot come in.').waitFor();
    await row(bob.page, /exam/).waitFor();
    await page.keyboard.press('Escape');
  });
});
