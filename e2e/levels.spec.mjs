/** How much somebody is told of: everything, what needs them, or nothing, said for each place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, newId, open, post, topicField, worksAlways } from './talk.mjs';

/** Told at once, so that the hour at which this story is told does not matter. */
async function toldAtOnce(person) {
  await worksAlways(person);
  const { hours, revision } = await person.request('GET', '/api/hours');
  await person.request('PUT', '/api/hours', { hours: { ...hours, profile: 'live' }, revision });
}

test('what one is told of', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
  for (const person of [ada, bob]) await toldAtOnce(person);
  const { page } = bob;
  const sidebar = page.getByRole('navigation', { name: 'Channels and conversations' });
  const link = sidebar.locator(`[data-channel="${channel.id}"]`);
  const box = sidebar.locator('[draggable="true"]').filter({ has: page.locator(`[data-channel="${channel.id}"]`) });
  const toast = (person) => person.page.getByRole('region', { name: 'Notices' });
  const dialog = page.getByRole('dialog');
  const choose = async (words) => {
    await dialog.getByRole('radio', { name: words }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  /** Elsewhere: whoever has it in view is not told. */
  const away = async () => {
    await bob.goto('/saved');
    await page.getByRole('heading', { name: 'Saved' }).waitFor();
  };

  await t.test('everything in a channel: each message is told, and the number in the sidebar counts it', async () => {
    await away();
    await link.hover();
    await box.getByRole('button', { name: 'More for general' }).click();
    await page.getByRole('menuitem', { name: 'What I am told of' }).click();
    await dialog.getByText('Now: What needs me').waitFor();
    await bob.inspect('levels-channel');
    await choose(/^Everything/);
    await page.locator('body').click();
    await post(ada, channel, 'The kettle is on');
    await toast(bob).getByText(/^Ada Lovelace wrote in .*general\.$/).waitFor();
    await link.getByText('1', { exact: true }).waitFor();
  });

  await t.test('nothing: no name is bold, no number, no notice, and another device knows at once', async () => {
    const phone = await bob.newDevice();
    await phone.goto('/settings/time');
    const part = phone.page.getByRole('region', { name: 'What you are told of' });
    await part.getByRole('listitem').filter({ hasText: 'general' }).getByText('Everything').waitFor();
    await link.hover();
    await box.getByRole('button', { name: 'More for general' }).click();
    await page.getByRole('menuitem', { name: 'What I am told of' }).click();
    await choose(/^Nothing/);
    await part.getByRole('listitem').filter({ hasText: 'general' }).getByText('Nothing').waitFor();
    await post(ada, channel, `<@${bob.me.id}> tea?`);
    await post(cy, channel, 'Yes please');
    await eventually(async () => (await bob.request('GET', `/api/channels/${channel.id}`)).n_mentions === 1, 'it is there all the same');
    await sidebar.locator('[data-muted]').getByText(', Muted').waitFor({ state: 'attached' });
    assert.equal(await box.getAttribute('data-unread'), null);
    assert.equal(await link.getByText(/^\d+$/).count(), 0);
    assert.equal((await bob.request('GET', '/api/notices')).n_held, 0);
    assert.equal(await toast(bob).getByText(/names you/).count(), 0);
    await part.scrollIntoViewIfNeeded();
    await phone.inspect('levels-settings');
    await part.getByRole('button', { name: 'Remove: general' }).click();
    await part.getByText('No place says anything else.').waitFor();
    await link.getByText('1', { exact: true }).waitFor();
    await phone.context.close();
  });

  await t.test('a topic says it for itself, and a space for all its channels', async () => {
    const topic = { id: newId(), title: 'Kettles', message: { id: newId(), text: 'Which kettle?' } };
    await bob.request('POST', `/api/channels/${channel.id}/topics`, topic);
    await bob.goto(`/c/${channel.id}/t/${topic.id}`);
    await topicField(page).waitFor();
    const pill = page.getByRole('button', { name: 'What I am told of: Answers' });
    await pill.click();
    await dialog.getByText('As in the channel').waitFor();
    await bob.inspect('levels-topic');
    await choose(/^Nothing/);
    await page.getByRole('button', { name: 'What I am told of: Nothing' }).waitFor();
    await bob.request('PUT', `/api/spaces/${channel.space_id}/level`, { level: 'all' });
    await away();
    await post(ada, channel, 'In the stream');
    await toast(bob).getByText(/^Ada Lovelace wrote in .*general\.$/).first().waitFor();
    await post(ada, channel, 'In the topic', { topic_id: topic.id });
    await eventually(async () => (await ada.request('GET', `/api/channels/${channel.id}/messages?topic=${topic.id}`)).messages.length === 1, 'it is said');
    assert.equal(await sidebar.getByRole('link', { name: /Kettles/ }).count(), 0);
    await bob.request('PUT', `/api/channels/${channel.id}/topics/${topic.id}/level`, { level: null });
    await sidebar.getByRole('link', { name: /Kettles/ }).waitFor();
  });

  await t.test('whoever asked is told that they are asked back', async () => {
    await bob.request('PUT', `/api/spaces/${channel.space_id}/level`, { level: null });
    await ada.goto('/saved');
    await ada.page.getByRole('heading', { name: 'Saved' }).waitFor();
    await ada.page.locator('body').click();
    const id = newId();
    const ask = { kind: 'question', people: [bob.me.id] };
    await ada.request('POST', `/api/channels/${channel.id}/asks`, { message: { id, text: 'Black or green?' }, ask });
    await bob.request('POST', `/api/channels/${channel.id}/messages/${id}/ask/moves`, { move: 'ask_back' });
    await toast(ada).getByText(/^Bob Frost asks you back in .*general\.$/).waitFor();
  });

  await t.test('a topic begins with what wants an answer', async () => {
    await open(ada, channel);
    await field(ada.page).click();
    await ada.page.keyboard.type('@Bob');
    await ada.page.getByRole('option', { name: /Bob Frost/ }).click();
    await ada.page.keyboard.type('which cups do we take?');
    await ada.page.locator('[data-pane="main"]').getByRole('button', { name: 'More ways to send' }).click();
    await ada.page.getByRole('menuitem', { name: 'Start as a new topic' }).click();
    await ada.page.getByLabel('Topic title').fill('Cups');
    await ada.page.getByRole('button', { name: 'Ask', exact: true }).click();
    await ada.page.getByRole('group', { name: 'Needs a reply' }).waitFor();
    await ada.inspect('levels-topic-asks');
    await ada.page.locator('[data-pane="main"]').getByRole('button', { name: 'Start topic' }).click();
    await topicField(ada.page).waitFor();
    await message(ada.page, 'which cups do we take?').getByText(/Waits for Bob Frost by/).waitFor();
    const [asked] = (await bob.request('GET', '/api/asks?side=on_me')).items.filter(({ text }) => text.includes('cups'));
    const { items } = await bob.request('GET', `/api/channels/${channel.id}/topics`);
    const cups = items.find(({ title }) => title === 'Cups');
    assert.equal(cups.origin_id, asked.ask.message_id);
    await post(bob, channel, 'The blue ones', { topic_id: cups.id });
    await message(ada.page, 'which cups do we take?').getByText('Answered').waitFor();
  });

  await t.test('the palette knows the places of what waits', async () => {
    await ada.page.keyboard.press('Control+k');
    await ada.page.getByRole('dialog').getByRole('combobox').fill('I wait');
    await ada.page.getByRole('option', { name: 'On me, I wait for' }).click();
    await ada.page.waitForURL(/\/asks$/);
  });
});
