/** What stands beside the stage of a live session, and what is not seen in its story: every panel, menu and notice of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, control, tiles, until, watch } from './calls.mjs';
import { openHouse } from './harness.mjs';
import { field, general, message, newId, open, said } from './talk.mjs';

test('the screens of a live session', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cleo = await house.newPerson('Cleo Baker', { spaceId: channel.space_id });
  const live_id = newId();
  const all = `/api/channels/${channel.id}/live`;
  const begun = { id: live_id, message_id: newId(), backchannel_id: newId(), about: 'How do we show the machine to visitors?', is_open: true, usual_role: 'listener' };
  const { session } = await ada.request('POST', all, begun);
  const topic_id = session.backchannel_id;
  const here = `/c/${channel.id}/live/${live_id}`;
  const panel = ({ page }, name) => page.getByRole('complementary', { name });
  const more = ({ page }) => page.getByRole('button', { name: 'More', exact: true });
  const shut = async ({ page }) => page.keyboard.press('Escape');

  await t.test('who only listens reads so, and raises a hand', async () => {
    for (const person of [ada, bob, cleo]) {
      await watch(person.page);
      await person.goto(here);
    }
    await bob.page.getByText('Raise a hand when you want to speak.').waitFor();
    await bob.inspect('room-lobby-listener');
    for (const { page } of [ada, bob, cleo]) await page.getByRole('button', { name: 'Join' }).click();
    await tiles(ada.page).nth(2).waitFor();
    await control(bob.page, 'Hand').click();
    await bob.inspect('room-listener');
  });

  await t.test('the roster, and what a host can do there', async () => {
    await control(ada.page, 'People').click();
    await panel(ada, 'People').getByText(/hand is up/).waitFor();
    await ada.inspect('room-people');
    await panel(ada, 'People').getByRole('button', { name: 'More: Bob Frost' }).click();
    await ada.page.getByRole('menuitemcheckbox', { name: 'Speaker' }).waitFor();
    await ada.inspect('room-host-tools');
    await ada.page.getByRole('menuitemcheckbox', { name: 'Speaker' }).click();
    await control(bob.page, 'Mute').or(control(bob.page, 'Unmute')).waitFor();
    await control(ada.page, 'People').click();
  });

  await t.test('everything else stands in a menu', async () => {
    await more(ada).click();
    await ada.page.getByRole('menuitem', { name: 'In a small window' }).waitFor();
    await ada.inspect('room-more');
    await shut(ada);
    await choose(ada.page, /^Who speaks/, 'menuitemcheckbox');
    await ada.page.locator('li[data-large]').waitFor();
    await ada.inspect('room-speaker');
    await choose(ada.page, /^Everybody in one/, 'menuitemcheckbox');
    await ada.inspect('room-grid');
    await control(ada.page, 'React').click();
    await ada.page.getByRole('menuitem', { name: 'Applause' }).waitFor();
    await ada.inspect('room-react');
    await shut(ada);
  });

  await t.test('questions and polls, in the room', async () => {
    const poll = { id: newId(), message_id: newId(), topic_id, question: 'Sea or mountains?', options: ['The sea', 'The mountains'], hidden: true };
    await ada.request('POST', `/api/channels/${channel.id}/polls`, poll);
    const board = { id: newId(), message_id: newId(), topic_id, about: 'Questions about the machine' };
    await ada.request('POST', `/api/channels/${channel.id}/questions`, board);
    for (const text of ['Who turns the crank?', 'May children touch it when somebody who knows it stands beside them?']) {
      await cleo.request('POST', `/api/channels/${channel.id}/questions/${board.id}/items`, { id: newId(), text });
    }
    await choose(bob.page, 'Questions', 'menuitemcheckbox');
    await panel(bob, 'Questions').getByText('Who turns the crank?').waitFor();
    await bob.inspect('room-questions');
    await choose(ada.page, 'Questions', 'menuitemcheckbox');
    await panel(ada, 'Questions').getByText('Who turns the crank?').waitFor();
    await ada.inspect('room-questions-host');
    await choose(ada.page, 'Questions', 'menuitemcheckbox');
    await choose(bob.page, 'Questions', 'menuitemcheckbox');
    await control(bob.page, 'Backchannel').click();
    const sea = bob.page.locator('[data-pane="aside"]').getByRole('button', { name: /The sea/ });
    await sea.waitFor();
    await bob.inspect('room-poll-hidden');
    await sea.click();
    await bob.page.locator('[data-pane="aside"]').getByRole('button', { name: /The sea.*1 vote/ }).waitFor();
    await bob.inspect('room-poll-voted');
    await control(bob.page, 'Backchannel').click();
  });

  await t.test('smaller rooms by hand, and rooms that people choose', async () => {
    await choose(ada.page, 'Breakouts', 'menuitemcheckbox');
    await panel(ada, 'Breakouts').getByText('I say who').click();
    await panel(ada, 'Breakouts').getByLabel('Bob Frost').waitFor();
    await ada.inspect('room-breakouts-by-hand');
    await panel(ada, 'Breakouts').getByText('Each chooses').click();
    await panel(ada, 'Breakouts').getByRole('button', { name: 'Open the rooms' }).click();
    await bob.page.getByText(/2 breakouts are open/).waitFor();
    await choose(bob.page, 'Breakouts', 'menuitemcheckbox');
    await panel(bob, 'Breakouts').getByRole('button', { name: 'Go in: Room 1' }).waitFor();
    await bob.inspect('room-breakouts-choose');
    await panel(bob, 'Breakouts').getByRole('button', { name: 'Go in: Room 1' }).click();
    await bob.page.getByText('You are in “Room 1”').waitFor();
    await bob.inspect('room-breakouts-in');
    await ada.inspect('room-breakouts-host');
    await panel(ada, 'Breakouts').getByRole('button', { name: 'Back now' }).click();
    await until(async () => (await tiles(bob.page).count()) === 3, 'all are back');
    await panel(ada, 'Breakouts').getByRole('button', { name: 'Close' }).click();
    await panel(bob, 'Breakouts').getByRole('button', { name: 'Close' }).click();
  });

  await t.test('who loses the line, and who is sent out, is told so', async () => {
    cleo.expectConsole(/ERR_INTERNET_DISCONNECTED|status of 40[39]/);
    await control(ada.page, 'People').click();
    await panel(ada, 'People').getByRole('button', { name: 'More: Cleo Baker' }).click();
    await ada.page.getByRole('menuitem', { name: 'Send out' }).click();
    await cleo.page.getByText('Whoever hosts this has sent you out.').waitFor();
    await cleo.inspect('room-sent-out');
    await control(ada.page, 'People').click();
  });

  await t.test('the end may be questions that are open, or nothing', async () => {
    await choose(ada.page, 'End for all');
    const dialog = ada.page.getByRole('dialog', { name: 'End it for all?' });
    await dialog.getByText('Open questions', { exact: true }).click();
    await dialog.getByLabel('Question 1').fill('Who brings the punched cards?');
    await ada.inspect('room-end-questions');
    await dialog.getByLabel('Who answers?').selectOption({ label: 'Bob Frost' });
    await dialog.getByRole('button', { name: 'End for all' }).click();
    await bob.page.getByText('What was written and decided stands in the conversation.').waitFor();
    await bob.inspect('room-ended');
    await open(bob, channel);
    await message(bob.page, 'How do we show the machine').getByRole('group', { name: 'Live session' }).getByText(/questions are open/).waitFor();
    await bob.inspect('room-card');
  });

  await t.test('whom one names in the composer is named in the dialog, and called', async () => {
    await open(ada, channel);
    await field(ada.page).pressSequentially('Which way now? @Cleo');
    await ada.page.getByRole('option', { name: /Cleo Baker/ }).click();
    await ada.page.getByRole('button', { name: 'More ways to send' }).click();
    await ada.page.getByRole('menuitem', { name: 'Go live' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Go live' });
    assert.equal((await dialog.getByLabel('What is it about?').inputValue()).trim(), 'Which way now? @Cleo Baker');
    await dialog.getByRole('button', { name: 'Go live' }).click();
    await ada.page.getByRole('region', { name: 'Before you come in' }).waitFor();
    assert.equal((await said(ada, channel)).at(-1), `Which way now? <@${cleo.me.id}>`);
  });
});
