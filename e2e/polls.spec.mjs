/** Polls: answers to choose from, a scale, words; hidden, prepared, closed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { act, field, general, message, open } from './talk.mjs';

test('a poll', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await Promise.all([open(ada, channel), open(bob, channel)]);
  const answer = (person, name) => message(person.page, 'Where shall we eat?').getByRole('button', { name });

  await t.test('is asked from the composer, with what stands there as its question', async () => {
    await field(ada.page).fill('Where shall we eat?');
    await ada.page.getByRole('button', { name: 'More ways to send' }).click();
    await ada.page.getByRole('menuitem', { name: 'Ask with a poll' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Ask with a poll' });
    await dialog.getByRole('textbox', { name: 'Answer 1' }).fill('At the river');
    await dialog.getByRole('textbox', { name: 'Answer 2' }).fill('In the garden');
    await dialog.getByRole('button', { name: 'Add an answer' }).click();
    await dialog.getByRole('textbox', { name: 'Answer 3' }).fill('Nowhere');
    await ada.inspect('new-poll');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await answer(ada, 'At the river').waitFor();
    await field(ada.page).and(ada.page.locator(':placeholder-shown')).waitFor();
  });

  await t.test('is answered, and everybody sees the counts at once', async () => {
    await answer(bob, 'At the river').click();
    await answer(bob, /At the river.*1 vote, 100 %/).waitFor();
    await answer(ada, 'In the garden').click();
    await answer(bob, /In the garden.*1 vote, 50 %/).waitFor();
    await answer(bob, 'In the garden').click();
    await answer(ada, /In the garden.*2 votes, 100 %/).waitFor();
    await ada.inspect('poll');
  });

  await t.test('is answered by keyboard', async () => {
    await message(bob.page, 'Where shall we eat?').focus();
    await answer(bob, 'Nowhere').focus();
    await bob.page.keyboard.press('Enter');
    await answer(ada, /Nowhere.*1 vote, 50 %/).waitFor();
  });

  await t.test('is closed by who asked, and can only be looked at then', async () => {
    await ada.page.getByRole('button', { name: 'Close the poll' }).click();
    await ada.page.getByRole('dialog', { name: 'Close this poll?' }).getByRole('button', { name: 'Close the poll' }).click();
    await message(bob.page, 'Where shall we eat?').getByText('Closed').waitFor();
    await answer(bob, 'Nowhere').waitFor({ state: 'detached' });
    await bob.inspect('poll-closed');
  });

  await t.test('goes with its message', async () => {
    await act(ada.page, message(ada.page, 'Where shall we eat?'), 'Delete');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await bob.page.getByText('In the garden', { exact: true }).waitFor({ state: 'detached' });
  });

  const begin = async (person, question) => {
    await field(person.page).fill(question);
    await person.page.getByRole('button', { name: 'More ways to send' }).click();
    await person.page.getByRole('menuitem', { name: 'Ask with a poll' }).click();
    return person.page.getByRole('dialog', { name: 'Ask with a poll' });
  };
  const step = (person, name) => message(person.page, 'How sure are we?').getByRole('button', { name });

  await t.test('a scale hides how it stands until one has voted', async () => {
    const dialog = await begin(ada, 'How sure are we?');
    await dialog.getByRole('radio', { name: 'Scale' }).check({ force: true });
    await dialog.getByRole('textbox', { name: 'What 1 means' }).fill('Not at all');
    await dialog.getByRole('textbox', { name: 'What 5 means' }).fill('Very');
    await dialog.getByRole('switch', { name: /Result only after voting/ }).check({ force: true });
    await ada.inspect('new-poll-scale');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await step(bob, '4').click();
    await step(bob, /4.*1 vote/).waitFor();
    await message(ada.page, 'How sure are we?').getByText('1 person has voted').waitFor();
    assert.equal(await step(ada, /vote/).count(), 0, 'who asked sees no more');
    await ada.inspect('poll-scale-hidden');
    await step(ada, '2').press('Enter');
    await step(ada, /4.*1 vote/).waitFor();
    await message(bob.page, 'How sure are we?').getByText('On average 3').waitFor();
    await step(bob, /2.*1 vote/).waitFor();
    await ada.inspect('poll-scale');
  });

  const words = (person) => message(person.page, 'This week in a word?');
  const write = async (person, word) => {
    await words(person).getByRole('textbox', { name: 'A word or a short phrase' }).fill(word);
    await person.page.keyboard.press('Enter');
    await words(person).getByRole('list', { name: 'Your words' }).getByText(word, { exact: true }).waitFor();
  };

  await t.test('a poll is prepared, seen by nobody else, and asked with one press', async () => {
    const dialog = await begin(ada, 'This week in a word?');
    await dialog.getByRole('radio', { name: 'Words' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Keep for later' }).click();
    const waiting = dialog.getByRole('region', { name: 'Prepared polls' });
    await waiting.getByText('This week in a word?').waitFor();
    await ada.inspect('poll-prepared');
    await ada.page.keyboard.press('Escape');
    const others = await begin(bob, '');
    await others.getByRole('textbox', { name: 'Question' }).waitFor();
    assert.equal(await others.getByText('This week in a word?').count(), 0);
    await bob.page.keyboard.press('Escape');
    const again = await begin(ada, '');
    await again.getByRole('button', { name: 'Ask now' }).click();
    await words(bob).getByRole('textbox').waitFor();
  });

  await t.test('words are counted as people write them', async () => {
    await write(ada, 'Calm');
    await write(ada, 'Well prepared');
    await write(bob, 'Long');
    await words(bob).getByRole('textbox').fill('calm!');
    await bob.page.keyboard.press('Enter');
    const result = (person) => words(person).getByRole('list', { name: 'What people wrote' });
    await result(ada).getByRole('img', { name: 'written by 2 people' }).waitFor();
    assert.equal(await result(ada).getByRole('listitem').count(), 3);
    await ada.inspect('poll-words');
    await words(bob).getByRole('button', { name: 'Take “Long” back' }).click();
    await result(ada).getByText('Long').waitFor({ state: 'detached' });
    // Whoever asked takes one out of the result, for everybody, and can put it back.
    assert.equal(await result(bob).getByRole('button').count(), 0);
    await words(ada).getByRole('button', { name: 'Take “Well prepared” out of the result' }).click();
    await result(bob).getByText('Well prepared').waitFor({ state: 'detached' });
    const removed = words(ada).getByRole('list', { name: 'Taken out:' });
    await removed.getByText('Well prepared').waitFor();
    await ada.inspect('poll-word-removed');
    await removed.getByRole('button', { name: 'Put “Well prepared” back into the result' }).click();
    await result(bob).getByText('Well prepared').waitFor();
    await words(ada).getByRole('button', { name: 'Take “Well prepared” out of the result' }).click();
    await removed.waitFor();
    await ada.request('PATCH', '/api/me', { language: 'ar' });
    await open(ada, channel);
    await words(ada).getByRole('list').first().waitFor();
    await ada.inspect('polls-ar');
  });
});
