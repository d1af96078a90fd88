/** One question in a place of its own: begun, answered, settled, and found again. */
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { act, field, general, inTopic, message, open, reply, say } from './talk.mjs';

test('a topic', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await open(ada, channel);
  await open(bob, channel);

  await t.test('begins from a message', async () => {
    await say(ada.page, 'Which cards do we punch first?');
    await act(bob.page, message(bob.page, 'Which cards'), 'Start a topic');
    const dialog = bob.page.getByRole('dialog', { name: 'Start a topic from this message' });
    await dialog.getByLabel('Topic title').fill('Order of the cards');
    await bob.inspect('start-topic');
    await dialog.getByRole('button', { name: 'Start topic' }).click();
    await bob.page.getByRole('heading', { name: 'Order of the cards' }).waitFor();
    await bob.inspect('topic-empty');
  });

  await t.test('is answered, and its author sees how many replies there are', async () => {
    await reply(bob.page, 'The numbers of Bernoulli, I think');
    await inTopic(bob.page, 'Bernoulli').waitFor();
    const link = message(ada.page, 'Which cards').getByRole('button', { name: /Order of the cards/ });
    await link.filter({ hasText: '1 reply' }).waitFor();
    await link.click();
    await inTopic(ada.page, 'Bernoulli').waitFor();
    await reply(ada.page, 'Then I write them down');
    await inTopic(bob.page, 'Then I write them down').waitFor();
    await message(bob.page, 'Which cards').getByText('2 replies').waitFor();
    await ada.inspect('topic');
  });

  await t.test('is resolved, and open for both again', async () => {
    const state = (person) => person.page.getByRole('button', { name: /^State of the topic/ });
    await state(ada).click();
    await ada.page.getByRole('menuitemcheckbox', { name: 'Resolved' }).click();
    await state(bob).filter({ hasText: 'Resolved' }).waitFor();
    await state(bob).click();
    await bob.page.getByRole('menuitemcheckbox', { name: 'Open' }).click();
    await state(ada).filter({ hasText: 'Open' }).waitFor();
  });

  await t.test('is decided in words that stand in the list', async () => {
    await ada.page.getByRole('button', { name: /^State of the topic/ }).click();
    await ada.page.getByRole('menuitemcheckbox', { name: 'Decided' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'What was decided?' });
    await dialog.getByRole('textbox').fill('Bernoulli first, then the rest.');
    await ada.inspect('decision');
    await dialog.getByRole('button', { name: 'Write it down' }).click();
    await bob.page.locator('[data-pane="aside"]').getByText('Bernoulli first, then the rest.').waitFor();
    await bob.inspect('topic-decided');
  });

  await t.test('also begins with its own first message', async () => {
    await bob.page.getByRole('button', { name: 'Close topic' }).click();
    await bob.page.locator('[data-pane="aside"]').waitFor({ state: 'detached' });
    await bob.page.getByRole('button', { name: 'More ways to send' }).click();
    await bob.page.getByRole('menuitem', { name: 'Start as a new topic' }).click();
    await bob.page.getByLabel('Topic title').fill('Who keeps the key?');
    await field(bob.page).fill('To the room with the engine');
    await bob.inspect('new-topic');
    await bob.page.getByRole('button', { name: 'Start topic' }).click();
    await bob.page.getByRole('heading', { name: 'Who keeps the key?' }).waitFor();
    await message(ada.page, 'To the room with the engine').waitFor();
  });

  await t.test('is found in the list, by its state', async () => {
    await bob.page.getByRole('link', { name: 'Topics' }).click();
    await bob.page.getByRole('heading', { name: 'Topics' }).waitFor();
    await bob.page.getByRole('link', { name: /Order of the cards/ }).waitFor();
    await bob.inspect('topics');
    await bob.page.getByRole('button', { name: 'Decided', exact: true }).click();
    await bob.page.getByRole('link', { name: /Who keeps the key/ }).waitFor({ state: 'detached' });
    await bob.page.getByRole('link', { name: /Order of the cards/ }).click();
    await inTopic(bob.page, 'Then I write them down').waitFor();
  });
});
