/** What two people do with messages, each in a browser of their own, and what the other one sees of it at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { act, field, general, message, numbered, open, post, postAll, say } from './talk.mjs';

test('a talk in a channel', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const bob = await house.newPerson('Bob Frost');
  const channel = await general(ada);
  await bob.request('POST', `/api/spaces/${channel.space_id}/join`);
  await open(ada, channel);
  await open(bob, channel);

  await t.test('what one says, the other reads at once', async () => {
    await ada.inspect('channel-empty');
    await say(ada.page, 'The **engine** weaves `algebraic` patterns');
    await message(bob.page, 'The engine weaves algebraic patterns').waitFor();
    assert.equal(await message(bob.page, 'engine').locator('strong', { hasText: /^engine$/ }).count(), 1);
    await say(bob.page, 'As the loom weaves flowers and leaves');
    await message(ada.page, 'As the loom weaves').waitFor();
  });

  await t.test('an edit is seen, and so are the earlier versions', async () => {
    await field(bob.page).press('ArrowUp');
    const edit = bob.page.getByRole('textbox', { name: 'Edit message' });
    await edit.fill('Just as the Jacquard loom weaves flowers and leaves');
    await bob.inspect('editing');
    await edit.press('Enter');
    const seen = message(ada.page, 'Just as the Jacquard loom');
    await seen.getByRole('button', { name: /^Edited/ }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Versions of this message' });
    await dialog.getByText('As the loom weaves flowers and leaves').waitFor();
    await ada.inspect('history');
    await ada.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  await t.test('a reaction is counted, and told by name', async () => {
    await message(ada.page, 'Jacquard').hover();
    await message(ada.page, 'Jacquard').getByRole('button', { name: 'React', exact: true }).first().click();
    await ada.page.getByRole('button', { name: 'React with 👍' }).first().click();
    const reaction = message(bob.page, 'Jacquard').getByRole('button', { name: /^👍 1/ });
    await reaction.waitFor();
    await reaction.click();
    await message(ada.page, 'Jacquard').getByRole('button', { name: /^👍 2/ }).waitFor();
    await message(ada.page, 'Jacquard').getByRole('button', { name: /^👍 2: Bob Frost and you|^👍 2: you and Bob Frost/ }).click();
    await message(bob.page, 'Jacquard').getByRole('button', { name: /^👍 1/ }).waitFor();
  });

  await t.test('all emoji can be searched', async () => {
    await message(ada.page, 'Jacquard').hover();
    await message(ada.page, 'Jacquard').getByRole('button', { name: 'React', exact: true }).first().click();
    await ada.page.getByRole('gridcell').first().waitFor();
    await ada.inspect('emoji');
    await ada.page.getByLabel('Search emoji').fill('tulip');
    await ada.page.getByRole('gridcell', { name: 'Tulip', selected: true }).waitFor();
    await ada.page.keyboard.press('Enter');
    await message(bob.page, 'Jacquard').getByRole('button', { name: /^🌷 1/ }).waitFor();
  });

  await t.test('who reacted is listed', async () => {
    await act(ada.page, message(ada.page, 'Jacquard'), 'Who reacted');
    const dialog = ada.page.getByRole('dialog', { name: 'Reactions' });
    await dialog.getByText('Bob Frost').waitFor();
    await ada.inspect('reactions');
    await ada.page.keyboard.press('Escape');
  });

  await t.test('a quote leads back to what it quotes', async () => {
    await act(bob.page, message(bob.page, 'algebraic'), 'Quote');
    await bob.page.getByText('Quoting Ada Lovelace').waitFor();
    await say(bob.page, 'Well put');
    const quote = message(ada.page, 'Well put').getByTitle('Go to the quoted message by Ada Lovelace');
    await quote.click();
    await ada.page.locator('article[data-marked]').filter({ hasText: 'algebraic' }).waitFor();
  });

  await t.test('a mention is completed while writing, and counts for the one it names', async () => {
    await bob.goto('/people');
    await field(ada.page).pressSequentially('Thank you @bo');
    const option = ada.page.getByRole('option', { name: /Bob Frost/ });
    await option.waitFor();
    await ada.inspect('mention');
    await ada.page.keyboard.press('Enter');
    await ada.page.keyboard.press('Enter');
    await message(ada.page, 'Thank you @Bob Frost').waitFor();
    await bob.page.getByRole('link', { name: /general.*1 for you/ }).waitFor();
    await open(bob, channel);
  });

  await t.test('@channel tells how many people it reaches before it is sent', async () => {
    await house.newPerson('Cleo Moon', { spaceId: channel.space_id });
    await field(ada.page).fill('Everybody, @channel, tea is ready');
    await field(ada.page).press('Enter');
    // The owner wrote it, the other two are told.
    await ada.page.getByText('This tells 2 people at once.').waitFor();
    await ada.inspect('confirm-everyone');
    assert.equal(await message(bob.page, 'tea is ready').count(), 0);
    await ada.page.getByRole('button', { name: 'Send to all' }).click();
    await message(bob.page, 'tea is ready').waitFor();
  });

  await t.test('a copied link leads to the message in its place', async () => {
    await ada.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await act(ada.page, message(ada.page, 'algebraic'), 'Copy link');
    await ada.page.getByText('Link copied.').waitFor();
    const link = await ada.page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /\/m\/[0-9a-f-]{36}$/);
    await postAll(ada, channel, numbered('Number', 1, 120));
    await bob.page.goto(link);
    await bob.page.locator('article[data-marked]').filter({ hasText: 'algebraic' }).waitFor();
    await bob.inspect('linked-message');
    await bob.page.getByRole('button', { name: 'Latest' }).click();
    await message(bob.page, 'Number 120.').waitFor();
  });

  await t.test('a deleted message is gone for both', async () => {
    await say(ada.page, 'A slip of the pen');
    await message(bob.page, 'A slip of the pen').waitFor();
    await act(ada.page, message(ada.page, 'A slip of the pen'), 'Delete');
    await ada.inspect('delete');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await message(bob.page, 'A slip of the pen').waitFor({ state: 'detached' });
    await message(bob.page, 'This message was deleted.').waitFor();
    await eventually(async () => (await message(ada.page, 'A slip of the pen').count()) === 0, 'it is gone for its author');
  });

  await t.test('lists, tables, code and tasks stand as they were written', async () => {
    await post(ada, channel, '# Plan\n\n- [x] cards\n- [ ] mill\n\n| part | gears |\n|---|---:|\n| store | 200 |\n\n```rust\nfn main() {}\n```\n\n> so be it\n\nSee https://example.org');
    const rich = message(bob.page, 'Plan');
    await rich.getByRole('table').waitFor();
    assert.equal(await rich.getByRole('img', { name: /[☑☐]/ }).count(), 2);
    await bob.inspect('markup');
  });
});
