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
    await traces.getByText('Message by Bob Frost in #general').waitFor();
    await traces.getByText('Please be kind to each other.').waitFor();
    await traces.getByText(/Removed by Ada Lovelace/).waitFor();
    await ada.inspect('removals');
    await cleo.goto('/settings/moderation');
    await cleo.page.getByText('There is no such page of settings for you.').waitFor();
  });
});
