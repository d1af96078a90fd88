/** What was said is found again: from the palette and on its own screen, by words and filters, and one lands on it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, newId, numbered, open, post, postAll, say } from './talk.mjs';

const palette = (page) => page.getByLabel('Channel, person or words');
const searchField = (page) => page.getByRole('combobox', { name: 'Search', exact: true });
const hits = (page) => page.getByRole('list', { name: 'What was found' }).getByRole('link');

test('search', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const secret = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'board', kind: 'private' });
  await post(ada, secret, 'The harbour is for sale, tell nobody');
  await post(ada, channel, 'The old **harbour** wall, see https://harbour.example');
  await post(bob, channel, 'A café by the harbour\n\nwith 東京都 on the menu');
  const origin = await post(bob, channel, 'Who repairs the crane?');
  await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Crane of the harbour', origin_id: origin.id });
  await postAll(ada, channel, numbered('Crate', 1, 120));
  await open(bob, channel);

  await t.test('the palette finds what was said while one types, and Enter goes there', async () => {
    await bob.page.getByRole('button', { name: 'Search or jump' }).click();
    await palette(bob.page).fill('harb');
    await bob.page.getByRole('option', { name: /The old harbour wall/ }).waitFor();
    await bob.page.getByRole('option', { name: /Crane of the harbour/ }).waitFor();
    assert.equal(await bob.page.getByText('for sale').count(), 0, 'nothing of a channel that is hidden');
    await bob.inspect('search-palette');
    await palette(bob.page).fill('old harb');
    await bob.page.getByRole('option', { name: /The old harbour wall/ }).waitFor();
    await eventually(async () => (await bob.page.getByRole('option').count()) === 2, 'one hit and the way to the search');
    await bob.page.keyboard.press('ArrowDown');
    await bob.page.keyboard.press('Enter');
    await message(bob.page, 'The old harbour wall').waitFor();
    await eventually(() => bob.page.url().includes('#message-'), 'the address names the message');
    await eventually(() => message(bob.page, 'The old harbour wall').isVisible(), 'it is on the screen');
  });

  await t.test('what is said now is found now', async () => {
    await open(bob, channel);
    await say(bob.page, 'Zeppelins over the pier');
    await message(bob.page, 'Zeppelins').waitFor();
    await bob.page.keyboard.press('Control+k');
    await palette(bob.page).fill('zeppel');
    await bob.page.getByRole('option', { name: /Zeppelins over the pier/ }).waitFor();
    await bob.page.keyboard.press('Escape');
    await field(bob.page).waitFor();
  });

  await t.test('Enter on the words opens the whole search', async () => {
    await bob.page.keyboard.press('Control+k');
    await palette(bob.page).fill('harbour');
    await bob.page.getByRole('option', { name: 'Search for “harbour”' }).click();
    await bob.page.getByRole('heading', { name: 'Search' }).waitFor();
    await eventually(async () => (await hits(bob.page).count()) === 3, 'three hits');
    assert.equal(await searchField(bob.page).inputValue(), 'harbour');
    assert.equal(await bob.page.locator('mark').first().textContent(), 'harbour');
    assert.equal(await bob.page.getByText('for sale').count(), 0);
    await bob.inspect('search-results');
  });

  await t.test('filters are chosen, completed, shown and taken away', async () => {
    await bob.page.getByRole('button', { name: 'Add a filter' }).click();
    await bob.page.getByRole('menuitem', { name: /From a person/ }).click();
    await bob.page.getByRole('option', { name: /Ada Lovelace/ }).waitFor();
    await bob.inspect('search-filter');
    await bob.page.keyboard.type('lov');
    await bob.page.getByRole('option', { name: /Ada Lovelace/ }).waitFor();
    await bob.page.keyboard.press('Enter');
    assert.equal(await searchField(bob.page).inputValue(), 'harbour from:"Ada Lovelace" ');
    await eventually(async () => (await hits(bob.page).count()) === 2, 'the message and the topic of Ada');
    await bob.page.keyboard.type('has:li');
    await bob.page.getByRole('option', { name: /A link/ }).click();
    await eventually(async () => (await hits(bob.page).count()) === 1, 'the one with the link');
    await bob.page.getByRole('button', { name: 'Remove the filter has:link' }).click();
    await bob.page.getByRole('button', { name: 'Remove the filter from:"Ada Lovelace"' }).click();
    await eventually(async () => (await hits(bob.page).count()) === 3, 'all three again');
    await bob.page.getByRole('button', { name: 'Best match' }).click();
    await hits(bob.page).filter({ hasText: 'Crane of the harbour' }).waitFor();
    assert.match(bob.page.url(), /sort=best/);
    await bob.page.reload();
    await eventually(async () => (await hits(bob.page).count()) === 3, 'the address keeps the question');
  });

  await t.test('what is not understood is told, and nothing is lost', async () => {
    await searchField(bob.page).fill('size:big has:wings ');
    await bob.page.getByText('size: is not a filter').waitFor();
    await bob.page.getByText('Nothing was found').waitFor();
    await bob.inspect('search-notes');
    await searchField(bob.page).fill('東京');
    await eventually(async () => (await hits(bob.page).count()) === 1, 'two characters of Chinese');
    await searchField(bob.page).fill('"old harbour" -wall');
    await bob.page.getByText('Nothing was found').waitFor();
    bob.expectConsole(/422/);
    await searchField(bob.page).fill('a '.repeat(100));
    await bob.page.getByText('a search has at most 64 words').waitFor();
    await searchField(bob.page).fill('');
    await bob.page.getByText('Search what was said in every channel').waitFor();
    await bob.inspect('search-empty');
  });

  await t.test('the keyboard goes from the field through the hits and onto the message', async () => {
    await searchField(bob.page).fill('crate 11');
    await hits(bob.page).filter({ hasText: 'Crate 110.' }).waitFor();
    await bob.page.keyboard.press('ArrowDown');
    await bob.page.keyboard.press('ArrowDown');
    await bob.page.keyboard.press('ArrowUp');
    await bob.page.keyboard.press('ArrowUp');
    await eventually(() => searchField(bob.page).evaluate((input) => input === document.activeElement), 'back in the field');
    await searchField(bob.page).fill('crate 7 ');
    await eventually(async () => (await hits(bob.page).count()) === 1, 'the one');
    await bob.page.keyboard.press('ArrowDown');
    await bob.page.keyboard.press('Enter');
    await message(bob.page, 'Crate 7.').waitFor();
    await bob.page.goBack();
    await eventually(async () => (await searchField(bob.page).inputValue()) === 'crate 7 ', 'back at the question');
  });

  await t.test('on a phone it is one tap away and fits', async () => {
    await bob.page.setViewportSize({ width: 360, height: 740 });
    await bob.goto('/');
    await bob.page.getByRole('button', { name: 'Search or jump' }).click();
    await palette(bob.page).fill('harbour');
    await bob.page.getByRole('option', { name: 'Search for “harbour”' }).click();
    await eventually(async () => (await hits(bob.page).count()) === 3, 'three hits');
    await hits(bob.page).filter({ hasText: 'The old harbour wall' }).click();
    await message(bob.page, 'The old harbour wall').waitFor();
    await bob.page.setViewportSize({ width: 1440, height: 900 });
  });

  await t.test('without the server it says so, and tries again', async () => {
    await bob.goto('/search');
    bob.expectConsole(/Failed to load resource|ERR_|WebSocket/);
    await bob.page.route('**/api/search?**', (route) => route.abort());
    await searchField(bob.page).fill('harbour');
    await bob.page.getByRole('alert').waitFor();
    await bob.inspect('search-broken');
    await bob.page.unroute('**/api/search?**');
    await bob.page.getByRole('button', { name: 'Try again' }).click();
    await eventually(async () => (await hits(bob.page).count()) === 3, 'three hits');
  });
});
