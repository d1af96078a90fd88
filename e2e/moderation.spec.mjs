/** Somebody writes what they should not have, another minds, and a third looks after the channel. */
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { act, general, message, open, post, say } from './talk.mjs';

test('moderation', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cleo = await house.newPerson('Cleo Sand', { spaceId: channel.space_id });
  await Promise.all([open(ada, channel), open(bob, channel), open(cleo, channel)]);

  await t.test('what somebody else wrote is removed with a reason, and its author is told why', async () => {
    await say(bob.page, 'Something unkind');
    await act(ada.page, message(ada.page, 'Something unkind'), 'Remove');
    const dialog = ada.page.getByRole('dialog', { name: 'Remove this message?' });
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Please be kind to each other.');
    await ada.inspect('remove');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    const gone = message(cleo.page, 'Removed by a moderator.');
    await gone.getByText('Please be kind to each other.').waitFor();
    await message(bob.page, 'A moderator removed your message.').getByText('Please be kind to each other.').waitFor();
    await bob.page.getByText('A moderator removed your message in #general: Please be kind to each other.').waitFor();
    await cleo.inspect('removed');
    await cleo.page.reload();
    await gone.getByText('Please be kind to each other.').waitFor();
    await message(cleo.page, 'Something unkind').waitFor({ state: 'detached' });
  });

  await t.test('a message is reported, and whoever looks after the channel hears of it', async () => {
    await Promise.all([open(ada, channel), open(bob, channel), open(cleo, channel)]);
    await say(bob.page, 'Cleo is no good');
    await act(cleo.page, message(cleo.page, 'Cleo is no good'), 'Report');
    const dialog = cleo.page.getByRole('dialog', { name: 'Report this message' });
    await dialog.getByRole('radio', { name: 'It hurts or threatens somebody' }).check();
    await dialog.getByRole('textbox', { name: 'In your words' }).fill('This is about me.');
    await cleo.inspect('report');
    await dialog.getByRole('button', { name: 'Report', exact: true }).click();
    await cleo.page.getByText('Thank you. Those who look after the channel will see to it.').waitFor();
    await ada.page.getByRole('link', { name: /Settings.*1/ }).click();
    await ada.page.getByRole('link', { name: /Moderation.*1 open report/ }).click();
    const card = ada.page.getByRole('list', { name: 'Reports' }).getByRole('listitem').first();
    await card.getByText('Cleo is no good').waitFor();
    await card.getByText('Cleo Sand: It hurts or threatens somebody. This is about me.').waitFor();
    await ada.inspect('reports');
    await cleo.goto('/settings/privacy');
    await cleo.page.getByText('It waits for somebody').waitFor();
    await card.getByRole('button', { name: 'Remove message' }).click();
    const asked = ada.page.getByRole('dialog', { name: 'Remove this message?' });
    await asked.getByRole('textbox', { name: 'Why' }).fill('We do not talk like that here.');
    await asked.getByRole('button', { name: 'Remove message' }).click();
    await ada.page.getByText('Nothing waits. That is all.').waitFor();
    await cleo.page.getByText('Thank you. The message you reported has been seen to.').waitFor();
    await cleo.page.getByText('It has been seen to. Thank you.').waitFor();
    await cleo.inspect('privacy');
    await message(bob.page, 'A moderator removed your message.').getByText('We do not talk like that here.').waitFor();
    await ada.page.getByRole('combobox', { name: 'Show' }).selectOption('Handled');
    await ada.page.getByText(/Ada Lovelace removed the message/).waitFor();
    await Promise.all([open(ada, channel), open(cleo, channel)]);
  });

  await t.test('somebody is blocked, and is not told', async () => {
    await say(bob.page, 'Cleo, answer me');
    await act(cleo.page, message(cleo.page, 'Cleo, answer me'), 'Block Bob Frost');
    await cleo.inspect('block');
    await cleo.page.getByRole('dialog', { name: 'Block Bob Frost?' }).getByRole('button', { name: 'Block', exact: true }).click();
    const folded = cleo.page.locator('article').filter({ hasText: 'Message of a person you blocked.' });
    await folded.first().waitFor();
    await message(cleo.page, 'Cleo, answer me').waitFor({ state: 'detached' });
    await cleo.inspect('folded');
    await folded.last().getByRole('button', { name: 'Show' }).click();
    await message(cleo.page, 'Cleo, answer me').waitFor();
    bob.expectConsole(/403/);
    await bob.goto(`/people/${cleo.me.id}`);
    await bob.page.getByRole('button', { name: 'Write' }).click();
    await bob.page.getByText('A direct conversation with this person is not possible.').waitFor();
    await cleo.goto('/settings/privacy');
    await cleo.page.getByRole('list', { name: 'People you block' }).getByText('Bob Frost').waitFor();
    await cleo.inspect('blocks');
    await cleo.page.getByRole('button', { name: 'Unblock Bob Frost' }).click();
    await cleo.page.getByText('You block nobody.').waitFor();
    await Promise.all([open(bob, channel), open(cleo, channel)]);
    await message(cleo.page, 'Cleo, answer me').waitFor();
  });

  await t.test('in a slow channel one waits for one\'s turn, and what was sent goes out by itself', async () => {
    await ada.request('PATCH', `/api/channels/${channel.id}`, { slow_s: 10 });
    await cleo.page.getByText('Slow mode: one message every 10 sec').waitFor();
    cleo.expectConsole(/429/);
    await say(cleo.page, 'First of Cleo');
    await message(bob.page, 'First of Cleo').waitFor();
    await cleo.page.getByRole('button', { name: /Send in \d+ sec/ }).waitFor();
    await say(cleo.page, 'Second of Cleo');
    await message(cleo.page, 'Second of Cleo').getByText(/Goes out by itself in \d+ sec/).waitFor();
    await cleo.inspect('slow');
    await say(bob.page, 'Bob does not wait for Cleo');
    await message(cleo.page, 'Bob does not wait for Cleo').waitFor();
    await message(bob.page, 'Second of Cleo').waitFor({ timeout: 20_000 });
    await ada.request('PATCH', `/api/channels/${channel.id}`, { slow_s: 0 });
    await cleo.page.getByText(/Slow mode/).waitFor({ state: 'detached' });
  });

  await t.test('nobody else may, and the trace says who did it', async () => {
    const said = await post(ada, channel, 'Somebody has to look after this');
    await message(cleo.page, 'Somebody has to look after this').hover();
    await cleo.page.getByRole('button', { name: 'More', exact: true }).click();
    await cleo.page.getByRole('menuitem', { name: 'Copy link' }).waitFor();
    await cleo.page.getByRole('menuitem', { name: 'Remove' }).waitFor({ state: 'detached' });
    await cleo.page.keyboard.press('Escape');
    cleo.expectConsole(/403/);
    await cleo.request('POST', `/api/channels/${channel.id}/messages/${said.id}/remove`, {}).then(
      () => Promise.reject(new Error('it was removed')),
      () => undefined,
    );
    await ada.goto('/settings/moderation');
    const traces = ada.page.getByRole('list', { name: 'Removed messages' });
    await traces.getByText('Message by Bob Frost in #general').first().waitFor();
    await traces.getByText('Please be kind to each other.').waitFor();
    await traces.getByText(/Removed by Ada Lovelace/).first().waitFor();
    await ada.inspect('removals');
    await cleo.goto('/settings/moderation');
    await cleo.page.getByText('There is no such page of settings for you.').waitFor();
  });
});
