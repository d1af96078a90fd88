/** How something is best said, what a conversation takes, and the hint that it should change its form. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { field, general, inTopic, newId, open, worksAlways } from './talk.mjs';

const hour = 3_600_000_000;
const question = 'Which font do we take for the poster in the hall?';

test('advice', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const person of [ada, bob]) await worksAlways(person);
  const { page } = bob;
  const dialog = page.getByRole('dialog', { name: 'How should I say this?' });
  const menu = () => page.locator('[data-pane="main"]').getByRole('button', { name: 'More ways to send' });

  await t.test('three questions, one suggestion, one click: a decision among few words is a poll', async () => {
    await open(bob, channel);
    await field(page).fill('Inter or Plex?');
    await menu().click();
    await page.getByRole('menuitem', { name: 'How should I say this?' }).click();
    await dialog.getByRole('heading', { name: 'Ask with a poll' }).waitFor();
    await dialog.getByText('The answers can be compared.').waitFor();
    await bob.inspect('advice-poll');
    await dialog.getByRole('button', { name: 'Make a poll' }).click();
    const poll = page.getByRole('dialog');
    assert.equal(await poll.getByLabel('Question').inputValue(), 'Inter or Plex?');
    await page.keyboard.press('Escape');
    await poll.waitFor({ state: 'detached' });
    await field(page).fill('');
  });

  await t.test('from the palette, with the keyboard alone', async () => {
    await page.keyboard.press('Control+K');
    await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill('how should');
    await page.getByRole('option', { name: 'How should I say this?' }).waitFor();
    await bob.inspect('advice-palette');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await dialog.getByLabel('What is it for?').selectOption({ label: 'Where things stand' });
    await dialog.getByRole('heading', { name: 'Write a topic of its own' }).waitFor();
    await dialog.getByText('Everybody reads and answers in their own time.').waitFor();
    await dialog.getByRole('button', { name: 'Start a topic' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel('Topic title').waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test('what moves somebody is said by two, at a time that both have', async () => {
    const direct = await bob.request('POST', '/api/directs', { people: [ada.me.id] });
    await open(bob, direct);
    await menu().click();
    await page.getByRole('menuitem', { name: 'How should I say this?' }).click();
    await dialog.getByLabel('It moves somebody').check();
    await dialog.getByRole('heading', { name: 'Talk, just the two of you' }).waitFor();
    await dialog.getByText(/In writing: .* · live: .*, 0\.5 person-hours/).waitFor();
    await bob.inspect('advice-sensitive');
    await dialog.getByRole('button', { name: 'Propose a time' }).click();
    const form = page.getByRole('dialog', { name: 'Propose a meeting' });
    await form.getByText('Ada Lovelace').first().waitFor();
    assert.equal(await form.getByLabel('What it is for').inputValue(), 'sensitive');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  await t.test('letters that do not get further: one quiet line for whose turn it is, gone for good when waved away', async () => {
    for (const person of [ada, bob]) person.expectConsole(/ERR_|WebSocket|Failed to load resource/);
    await house.import(letters(ada, bob, Date.now() * 1000));
    const { channels } = await ada.request('GET', '/api/start');
    const fonts = channels.find(({ name }) => name === 'fonts');
    const { items } = await ada.request('GET', `/api/channels/${fonts.id}/topics`);
    const topic = items.find(({ title }) => title === 'The poster');
    const asked = { message: { id: newId(), text: question, topic_id: topic.id }, ask: { kind: 'question', people: [bob.me.id] } };
    await ada.request('POST', `/api/channels/${fonts.id}/asks`, asked);
    await bob.goto(`/c/${fonts.id}/t/${topic.id}`);
    await inTopic(page, question).last().waitFor();
    const hint = page.getByRole('note').filter({ hasText: 'rounds so far' });
    await hint.getByText(/2 rounds so far; the next answer is likely/).waitFor();
    await hint.getByText(/Talk for 15 minutes\? All have time from/).waitFor();
    await bob.inspect('advice-hint');
    await ada.goto(`/c/${fonts.id}/t/${topic.id}`);
    await ada.page.getByText(/In writing: .* · live:/).waitFor();
    assert.equal(await ada.page.getByText('rounds so far').count(), 0, 'it is not her turn');
    await hint.getByRole('button', { name: 'Not here' }).click();
    await hint.waitFor({ state: 'detached' });
    await page.getByText(/In writing: .* · live:/).waitFor();
    await page.reload();
    await page.getByText(/In writing: .* · live:/).waitFor();
    assert.equal(await hint.count(), 0);
  });
});

/** Two rounds about one question, over two days, as they were written somewhere else. */
function letters(ada, bob, now) {
  const said = (n, author, text, more) => ({ type: 'message', ref: `m${n}`, channel: 'c', author, text, at: now - (48 - 6 * n) * hour, ...more });
  const topic = 't';
  return [
    { type: 'person', ref: 'a', name: 'Ada Lovelace', email: ada.email },
    { type: 'person', ref: 'b', name: 'Bob Frost', email: bob.email },
    { type: 'space', ref: 's', name: 'Print', kind: 'team' },
    { type: 'channel', ref: 'c', space: 's', name: 'fonts', kind: 'public', members: ['a', 'b'] },
    { type: 'topic', ref: 't', channel: 'c', title: 'The poster', origin: 'm1' },
    said(1, 'a', question),
    said(2, 'b', 'Which poster do you mean?', { topic }),
    said(3, 'a', question, { topic }),
    said(4, 'b', 'Do we have two of them?', { topic }),
  ];
}
