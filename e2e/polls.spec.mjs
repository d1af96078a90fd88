/** A question with answers to choose from: asked, answered by two, closed. */
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
});
