/** Questions of many to few: collected, voted for, let out, put together, answered; what stays for those who come later. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { act, field, general, message, newId, open, post } from './talk.mjs';

const ABOUT = 'Questions for the assembly';

test('questions', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
  await Promise.all([ada, bob, cy].map((person) => open(person, channel)));
  const board = (person) => message(person.page, ABOUT).getByRole('group', { name: 'Questions' });
  const rows = (person) => board(person).getByRole('listitem');
  const row = (person, text) => rows(person).filter({ hasText: text });
  const ask = async (person, text) => {
    await board(person).getByRole('textbox', { name: 'Your question' }).fill(text);
    await person.page.keyboard.press('Enter');
    await row(person, text).waitFor();
  };
  const choose = async (person, text, what) => {
    await row(person, text).getByRole('button', { name: /What to do with/ }).click();
    await person.page.getByRole('menuitem', { name: what }).click();
  };

  await t.test('are collected from the composer', async () => {
    await field(ada.page).fill(ABOUT);
    await ada.page.getByRole('button', { name: 'More ways to send' }).click();
    await ada.page.getByRole('menuitem', { name: 'Collect questions' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Collect questions' });
    await dialog.getByRole('switch', { name: /Questions wait/ }).check({ force: true });
    await dialog.getByRole('switch', { name: /without their name/ }).check({ force: true });
    await ada.inspect('new-questions');
    await dialog.getByRole('button', { name: 'Collect', exact: true }).click();
    await board(ada).getByText('Nobody has asked yet.').waitFor();
  });

  await t.test('wait until they are let out, and nobody learns who asked without a name', async () => {
    await ask(bob, 'When do we begin?');
    await board(bob).getByText('It waits until somebody lets it out.').waitFor();
    await row(bob, 'When do we begin?').getByText('Waits to be let out').waitFor();
    await board(bob).getByRole('checkbox', { name: 'Without my name' }).check();
    await ask(bob, 'May guests come?');
    await row(ada, 'May guests come?').getByText('Without a name').waitFor();
    assert.equal(await rows(cy).count(), 0);
    await ada.inspect('questions-waiting');
    for (const text of ['When do we begin?', 'May guests come?']) {
      await row(ada, text).getByRole('button', { name: 'Let out' }).click();
      await row(cy, text).waitFor();
    }
    assert.equal(await row(cy, 'May guests come?').getByText('Bob Frost').count(), 0);
  });

  await t.test('are voted for, by keyboard too, and the most wanted comes first', async () => {
    const vote = row(cy, 'May guests come?').getByRole('button', { name: /Vote for/ });
    await vote.focus();
    await cy.page.keyboard.press('Enter');
    await row(ada, 'May guests come?').getByRole('button', { name: /2 votes/ }).waitFor();
    assert.match(await rows(ada).first().innerText(), /May guests come/);
    assert.equal(await vote.getAttribute('aria-pressed'), 'true');
  });

  await t.test('are put together and answered', async () => {
    await ask(ada, 'At what time is it?');
    await choose(ada, 'At what time is it?', 'Put with another');
    const merge = ada.page.getByRole('dialog', { name: 'Put with another question' });
    await merge.getByRole('radio', { name: /When do we begin/ }).check({ force: true });
    await ada.inspect('questions-merge');
    await merge.getByRole('button', { name: 'Put together' }).click();
    await row(cy, 'When do we begin?').getByText('At what time is it?').waitFor();
    await row(cy, 'When do we begin?').getByRole('button', { name: /2 votes/ }).waitFor();
    await choose(ada, 'May guests come?', 'Answer now');
    await row(cy, 'May guests come?').getByText('Being answered').waitFor();
    const { id } = await post(ada, channel, 'The plan: nine in the morning.');
    await choose(ada, 'When do we begin?', 'Answer in writing');
    const dialog = ada.page.getByRole('dialog', { name: 'Answer in writing' });
    await dialog.getByRole('textbox', { name: 'Your answer' }).fill('At nine.');
    await dialog.getByRole('textbox', { name: /Link to a message/ }).fill(`${house.url}/m/${id}`);
    await dialog.getByRole('button', { name: 'Answer', exact: true }).click();
    await board(cy).getByRole('button', { name: 'Show all' }).click();
    await row(cy, 'When do we begin?').getByText('Answered in writing').waitFor();
    await row(cy, 'When do we begin?').getByRole('link', { name: 'See the message' }).waitFor();
    await cy.inspect('questions');
  });

  await t.test('stay for those who come later, in their language too', async () => {
    for (const text of ['Is there tea?', 'Where do we put our coats when it rains and the hall is full of people?', 'Who writes it down?']) {
      const { card } = (await ada.request('GET', `/api/channels/${channel.id}/messages`)).messages.find((said) => said.card?.kind === 'questions');
      await ada.request('POST', `/api/channels/${channel.id}/questions/${card.id}/items`, { id: newId(), text });
    }
    await row(ada, 'Is there tea?').waitFor();
    await ada.inspect('questions-moderator');
    await board(ada).getByRole('button', { name: 'Close the questions' }).click();
    await ada.page.getByRole('dialog', { name: 'Take no more questions?' }).getByRole('button', { name: 'Close the questions' }).click();
    await board(bob).getByRole('textbox').waitFor({ state: 'detached' });
    const dora = await house.newPerson('Dora Late', { spaceId: channel.space_id });
    await dora.request('PATCH', '/api/me', { language: 'ar' });
    await open(dora, channel);
    const late = message(dora.page, ABOUT).getByRole('group', { name: 'أسئلة' });
    await late.getByRole('button', { name: 'عرض الكل' }).click();
    await late.getByText('At nine.').waitFor();
    await dora.inspect('questions-ar');
  });

  await t.test('go with their message', async () => {
    await act(ada.page, message(ada.page, ABOUT), 'Delete');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await bob.page.getByText('May guests come?', { exact: true }).waitFor({ state: 'detached' });
  });
});
