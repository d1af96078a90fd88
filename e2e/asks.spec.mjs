/** Messages that want an answer: asking while one writes, answering, passing, confirming, and the two lists. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, open } from './talk.mjs';

test('asks', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
  for (const person of [ada, bob, cy]) await open(person, channel);
  const row = (person, text) => message(person.page, text);
  const listOf = async (person, side) => (await person.request('GET', `/api/asks?side=${side}`)).items.map(({ text }) => text);

  await t.test('where somebody is named and asked, one tap asks them', async () => {
    const { page } = ada;
    await field(page).click();
    await page.keyboard.type('@Bob');
    await page.getByRole('option', { name: /Bob Frost/ }).click();
    await page.keyboard.type('when does the mill open?');
    await page.getByText(/Ask Bob Frost for an answer by .*\?/).waitFor();
    await ada.inspect('asks-proposal');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    const bar = page.getByRole('group', { name: 'Needs a reply' });
    assert.equal(await bar.getByLabel('Bob Frost').isChecked(), true);
    await ada.inspect('asks-bar');
    await page.keyboard.press('Escape');
    await field(page).press('Enter');
    await row(ada, 'when does the mill open?').getByText(/Waits for Bob Frost by/).waitFor();
    await row(bob, 'when does the mill open?').getByText(/Reply by/).waitFor();
    await row(cy, 'when does the mill open?').getByText('Asks Bob Frost').waitFor();
    assert.equal(await row(cy, 'when does the mill open?').getByRole('button', { name: 'Reply', exact: true }).count(), 0);
    await bob.inspect('asks-chip');
  });

  await t.test('who is not asked again is not bothered: the offer goes away for that message', async () => {
    const { page } = ada;
    await field(page).click();
    await page.keyboard.type('@Cy');
    await page.getByRole('option', { name: /Cy Young/ }).click();
    await page.keyboard.type('could you look at this');
    await page.getByRole('button', { name: 'Do not ask with this message' }).click();
    await page.keyboard.press('End');
    await field(page).fill('');
  });

  await t.test('a quoting reply is the answer, and can be taken back', async () => {
    const { page } = bob;
    await row(bob, 'when does the mill open?').getByRole('button', { name: 'Reply', exact: true }).click();
    await field(page).fill('At nine');
    await field(page).press('Enter');
    await row(ada, 'when does the mill open?').first().getByText('Answered').waitFor();
    assert.deepEqual(await listOf(bob, 'on_me'), []);
  });

  await t.test('an ask written without a network goes out once when it is back', async () => {
    const { page } = ada;
    ada.expectConsole(/ERR_INTERNET_DISCONNECTED/);
    await ada.context.setOffline(true);
    await field(page).click();
    await page.keyboard.type('@Bob');
    await page.getByRole('option', { name: /Bob Frost/ }).click();
    await page.keyboard.type('please send the plan');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('group', { name: 'Needs a reply' }).getByLabel('What is wanted').selectOption('action');
    await field(page).press('Enter');
    await page.getByText('Waiting for network').waitFor();
    await ada.context.setOffline(false);
    await row(bob, 'please send the plan').getByText(/Reply by/).waitFor();
    assert.deepEqual((await listOf(bob, 'on_me')).length, 1);
  });

  await t.test('the holder promises, passes on and declines; whoever asked hears of it', async () => {
    const { page } = bob;
    const asked = row(bob, 'please send the plan');
    await asked.getByRole('button', { name: 'More about this ask' }).click();
    await page.getByRole('menuitem', { name: 'Pass it on' }).click();
    await page.getByRole('dialog').getByText('Cy Young').waitFor();
    await bob.inspect('asks-pass');
    await page.getByRole('dialog').getByRole('button', { name: 'Cy Young' }).click();
    await asked.getByText('You passed it on').waitFor();
    await row(cy, 'please send the plan').getByText(/Reply by/).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await asked.getByText(/Reply by/).waitFor();
    await asked.getByRole('button', { name: 'More about this ask' }).click();
    await page.getByRole('menuitem', { name: 'Answer by another time' }).click();
    await page.getByLabel('I will answer by').fill(new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 16));
    await bob.inspect('asks-promise');
    await page.getByRole('button', { name: 'Promise', exact: true }).click();
    await row(ada, 'please send the plan').getByText(/Bob Frost would answer by/).waitFor();
    await ada.inspect('asks-wish');
    await row(ada, 'please send the plan').getByRole('button', { name: 'That is fine' }).click();
    await row(ada, 'please send the plan').getByText(/would answer by/).waitFor({ state: 'detached' });
  });

  await t.test('two lists say what is on me and what I wait for, by keyboard', async () => {
    await bob.page.getByRole('link', { name: /^Asks/ }).click();
    await bob.page.getByRole('heading', { name: 'Asks' }).waitFor();
    await bob.page.getByText('That is all.').waitFor();
    await bob.inspect('asks-on-me');
    await bob.page.getByRole('list', { name: 'On me' }).getByRole('link').focus();
    await bob.page.keyboard.press('e');
    await bob.page.getByText('Nothing waits for you.').waitFor();
    await bob.inspect('asks-empty');
    await bob.page.getByRole('button', { name: 'Undo' }).last().click();
    await bob.page.getByRole('list', { name: 'On me' }).getByRole('link').waitFor();
    await ada.page.getByRole('link', { name: /^Asks/ }).click();
    await ada.page.getByRole('link', { name: /^I wait for/ }).click();
    await ada.page.getByText(/Waits for Bob Frost/).waitFor();
    await ada.inspect('asks-waiting');
    await ada.page.getByRole('button', { name: 'How questions are recognised' }).click();
    await ada.page.getByText('ما رأيك', { exact: false }).waitFor();
    await ada.inspect('asks-words');
    await ada.page.keyboard.press('Escape');
    await bob.page.keyboard.press('Enter');
  });

  await t.test('a message that stands there already can ask afterwards', async () => {
    for (const person of [ada, cy]) await open(person, channel);
    const { page } = ada;
    await field(page).fill('Who brings the flour');
    await field(page).press('Enter');
    await row(cy, 'Who brings the flour').waitFor();
    await row(ada, 'Who brings the flour').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Ask for an answer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Cy Young').check();
    await ada.inspect('asks-with');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await row(cy, 'Who brings the flour').getByText(/Reply by/).waitFor();
    await row(cy, 'Who brings the flour').getByRole('button', { name: 'More about this ask' }).click();
    await cy.page.getByRole('menuitem', { name: 'Decline' }).click();
    await cy.page.getByLabel('Why').fill('I am away');
    await cy.page.getByRole('dialog').getByRole('button', { name: 'Decline', exact: true }).click();
    await row(ada, 'Who brings the flour').getByText('Nobody is left to answer').waitFor();
  });

  await t.test('an announcement is confirmed with one tap; whoever asked sees who has not, and reminds them once', async () => {
    for (const person of [ada, bob, cy]) await open(person, channel);
    const { page } = ada;
    await field(page).fill('The mill is closed on Friday');
    await page.getByRole('button', { name: 'More ways to send' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Needs a reply' }).click();
    const bar = page.getByRole('group', { name: 'Needs a reply' });
    await bar.getByLabel('What is wanted').selectOption('read');
    await bar.getByLabel(/Everyone here/).check();
    await field(page).press('Enter');
    const text = 'The mill is closed on Friday';
    await row(bob, text).getByRole('button', { name: 'Read and understood' }).waitFor();
    await bob.inspect('asks-announcement');
    await row(bob, text).getByRole('button', { name: 'Read and understood' }).click();
    await row(bob, text).getByText('You answered').waitFor();
    await row(ada, text).getByText('Read by 1 person so far').waitFor();
    await row(ada, text).getByRole('button', { name: 'More about this ask' }).click();
    await page.getByRole('menuitem', { name: 'Who has not read it' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Cy Young').waitFor();
    await ada.inspect('asks-missing');
    await dialog.getByRole('button', { name: 'Remind them once' }).click();
    await dialog.getByText(/Reminded/).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await row(cy, text).getByRole('button', { name: 'Read and understood' }).click();
    await row(ada, text).getByText('Everybody has read it').waitFor();
    await eventually(async () => (await listOf(ada, 'i_wait_for')).length === 1, 'it is settled');
  });

  await t.test('what was asked goes with its message, and the list says so', async () => {
    const message = { id: crypto.randomUUID().replace(/^(.{14})./, '$17'), text: 'which rope shall we take?' };
    const body = { message, ask: { kind: 'question', people: [bob.id ?? (await bob.request('GET', '/api/me')).id] } };
    await ada.request('POST', `/api/channels/${channel.id}/asks`, body);
    const { page } = bob;
    await bob.goto('/asks');
    await page.getByRole('list', { name: 'On me' }).getByText('which rope shall we take?').waitFor();
    await ada.request('DELETE', `/api/channels/${channel.id}/messages/${message.id}`);
    await page.getByRole('heading', { name: 'Over, because the message is gone' }).waitFor();
    await page.getByText(/Nobody waits for your answer any more\./).waitFor();
    assert.equal(await page.getByText('which rope shall we take?').count(), 0);
    await bob.inspect('asks-gone');
  });
});
