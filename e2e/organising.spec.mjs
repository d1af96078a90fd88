/** A channel that is put in order: messages into a topic, two topics into one, pins, what is kept, what is forwarded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { act, general, inTopic, message, newId, open, post, texts } from './talk.mjs';

test('a channel put in order', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const news = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'news', kind: 'public' });
  const question = await post(ada, channel, 'Which day shall we travel?');
  const topics = `/api/channels/${channel.id}/topics`;
  const trip = await ada.request('POST', topics, { id: newId(), title: 'The trip', origin_id: question.id });
  await post(bob, channel, 'Monday would suit me');
  await post(bob, channel, 'And the museum opens at nine');
  await post(bob, channel, 'Lunch is at twelve');
  await Promise.all([open(ada, channel), open(bob, channel)]);

  await t.test('a message and what follows go into a topic', async () => {
    await act(ada.page, message(ada.page, 'Monday would suit me'), 'Move to a topic');
    const dialog = ada.page.getByRole('dialog', { name: 'Move to another place' });
    await dialog.getByRole('radio', { name: /what follows \(3\)/ }).check();
    await dialog.getByRole('option', { name: /The trip/ }).click();
    await ada.inspect('move');
    await dialog.getByRole('button', { name: 'Move 3 messages' }).click();
    await message(ada.page, 'Lunch is at twelve').waitFor({ state: 'detached' });
    await message(bob.page, 'Lunch is at twelve').waitFor({ state: 'detached' });
    await ada.page.getByRole('button', { name: 'Open', exact: true }).click();
    await inTopic(ada.page, 'And the museum opens at nine').waitFor();
    assert.deepEqual(await texts(ada.page, 'aside'), ['Monday would suit me', 'And the museum opens at nine', 'Lunch is at twelve']);
  });

  await t.test('one of them begins a topic of its own', async () => {
    await act(ada.page, inTopic(ada.page, 'Lunch is at twelve'), 'Move to a topic');
    const dialog = ada.page.getByRole('dialog', { name: 'Move to another place' });
    await dialog.getByRole('option', { name: 'A new topic' }).click();
    await dialog.getByLabel('Topic title').fill('Lunch');
    await dialog.getByRole('button', { name: 'Move 1 message' }).click();
    await inTopic(ada.page, 'Lunch is at twelve').waitFor({ state: 'detached' });
    await message(bob.page, 'Lunch is at twelve').waitFor();
    await message(bob.page, 'Lunch is at twelve').getByRole('button', { name: /Lunch.*No replies/ }).waitFor();
  });

  await t.test('two topics become one, and who looks at the one that went is led to the other', async () => {
    await message(bob.page, 'Lunch is at twelve').getByRole('button', { name: /Lunch.*No replies/ }).click();
    await bob.page.getByRole('heading', { name: 'Lunch' }).waitFor();
    await ada.page.goto(bob.page.url());
    await ada.page.getByRole('button', { name: /^State of the topic/ }).click();
    await ada.page.getByRole('menuitem', { name: 'Put into another topic' }).click();
    const dialog = ada.page.getByRole('dialog', { name: /Lunch/ });
    await dialog.getByRole('option', { name: /The trip/ }).click();
    await ada.inspect('merge');
    await dialog.getByRole('button', { name: 'Put together' }).click();
    for (const { page } of [ada, bob]) {
      await page.locator('[data-pane="aside"]').getByRole('heading', { name: 'The trip' }).waitFor();
      await inTopic(page, 'Lunch is at twelve').waitFor();
      assert.ok(page.url().endsWith(trip.id), page.url());
    }
  });

  await t.test('a message is pinned for everybody and found beside the channel', async () => {
    await open(ada, channel);
    await act(ada.page, message(ada.page, 'Which day shall we travel?'), 'Pin for everybody');
    await message(bob.page, 'Which day shall we travel?').getByText('Pinned').waitFor();
    await ada.page.getByRole('button', { name: 'About this channel' }).click();
    await ada.page.getByRole('heading', { name: 'Pinned messages' }).waitFor();
    await ada.page.locator('[data-pane="aside"]').getByRole('link', { name: /Which day shall we travel/ }).waitFor();
    await ada.inspect('pins');
  });

  await t.test('a message is kept for later, on every device, and let go with undo', async () => {
    await open(bob, channel);
    await act(bob.page, message(bob.page, 'Which day shall we travel?'), 'Save for later');
    await message(bob.page, 'Which day shall we travel?').getByText('Saved for later').waitFor();
    await bob.goto('/saved');
    await bob.page.getByRole('link', { name: /Which day shall we travel/ }).waitFor();
    await bob.inspect('saved');
    await bob.page.getByRole('button', { name: 'Remove from saved' }).click();
    await bob.page.getByText('Nothing saved.').waitFor();
    await bob.page.getByRole('button', { name: 'Undo' }).click();
    await bob.page.getByRole('link', { name: /Which day shall we travel/ }).click();
    await message(bob.page, 'Which day shall we travel?').waitFor();
  });

  await t.test('a message is forwarded with a word, and loses its text with the original', async () => {
    await open(ada, channel);
    await post(bob, channel, 'The library is closed today');
    await act(ada.page, message(ada.page, 'The library is closed today'), 'Forward');
    const dialog = ada.page.getByRole('dialog', { name: 'Forward this message' });
    await dialog.getByRole('option', { name: /news/ }).click();
    await dialog.getByLabel(/Your words to it/).fill('For everybody');
    await ada.inspect('forward');
    await dialog.getByRole('button', { name: 'Forward', exact: true }).click();
    await ada.page.getByRole('button', { name: 'Open', exact: true }).click();
    const carried = message(ada.page, 'For everybody');
    await carried.getByText('The library is closed today').waitFor();
    await ada.inspect('forwarded');
    await carried.getByRole('figure').getByRole('link').click();
    await ada.page.getByRole('heading', { name: 'general' }).waitFor();
    await act(bob.page, message(bob.page, 'The library is closed today'), 'Delete');
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await open(ada, news);
    await ada.page.getByText('The forwarded message was deleted.').waitFor();
  });

  await t.test('the topics of all channels are found by what one looks for', async () => {
    const other = await post(ada, news, 'Who writes the newsletter?');
    await ada.request('POST', `/api/channels/${news.id}/topics`, { id: newId(), title: 'Newsletter', origin_id: other.id });
    await ada.page.getByRole('link', { name: 'Topics', exact: true }).first().click();
    await ada.page.getByRole('link', { name: /Newsletter/ }).waitFor();
    const list = ada.page.getByRole('list', { name: 'Topics' });
    await list.getByRole('link', { name: /The trip/ }).waitFor();
    await ada.inspect('topics-of-all');
    await ada.page.getByRole('button', { name: 'Waiting for others' }).click();
    await list.getByRole('link', { name: /The trip/ }).waitFor({ state: 'detached' });
    await list.getByRole('link', { name: /Newsletter/ }).waitFor();
    await ada.page.getByRole('button', { name: 'Decided' }).click();
    await ada.page.getByText('Nothing was decided yet').waitFor();
  });
});
