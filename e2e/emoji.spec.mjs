/** Emoji of the workspace's own: added by an administrator, written, picked, put under a message, and taken away again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, open, say } from './talk.mjs';

/** Two pictures of 4 × 4, red and blue, that take turns. */
const moving = Buffer.from(
  'R0lGODlhBAAEAIEAAP8AAAAA/wAAAAAAACH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAABAAEAAACCgQIECBAgAABAgUAIfkEAAoAAAAsAAAAAAQABAAAAgpMmDBhwoQJEyYFADs=',
  'base64',
);

test('emoji of our own', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await open(bob, channel);

  await t.test('are added with a name and a picture', async () => {
    await ada.goto('/settings/workspace');
    await ada.page.getByText('No emoji yet.').waitFor();
    await ada.inspect('emoji-none');
    await ada.page.getByRole('textbox', { name: 'Name', exact: true }).fill('party_parrot');
    const chooser = ada.page.waitForEvent('filechooser');
    await ada.page.getByRole('button', { name: 'Choose a picture and add it' }).click();
    await (await chooser).setFiles({ name: 'parrot.gif', mimeType: 'image/gif', buffer: moving });
    await ada.page.getByRole('listitem').filter({ hasText: ':party_parrot:' }).waitFor();
    await ada.page.getByText(':party_parrot: was added').waitFor();
    await ada.page.getByRole('textbox', { name: 'Name', exact: true }).fill('tada');
    const again = ada.page.waitForEvent('filechooser');
    ada.expectConsole(/422/);
    await ada.page.getByRole('button', { name: 'Choose a picture and add it' }).click();
    await (await again).setFiles({ name: 'parrot.gif', mimeType: 'image/gif', buffer: moving });
    await ada.page.getByText('everybody has an emoji of this name already').waitFor();
    await ada.inspect('emoji-list');
  });

  await t.test('are written by name, and drawn; who wants less motion sees a still', async () => {
    await field(bob.page).fill('It works :par');
    await bob.page.getByRole('option', { name: ':party_parrot:' }).click();
    await field(bob.page).press('Enter');
    const image = message(bob.page, 'It works').getByRole('img', { name: ':party_parrot:' });
    await image.waitFor();
    await eventually(() => image.evaluate((img) => img.complete && img.naturalWidth > 0), 'the picture is there');
    assert.match(await image.evaluate((img) => img.currentSrc), /still=true/, 'this browser asks for less motion');
    await open(ada, channel);
    await say(ada.page, '`:party_parrot:` in code, and :nobody: stay words');
    await message(ada.page, 'stay words').waitFor();
    // Until the server has read it, a text is shown without its markup.
    await eventually(async () => (await message(ada.page, 'stay words').getByRole('img', { name: /party|nobody/ }).count()) === 0, 'there is no picture');
  });

  await t.test('are picked as a reaction, and everybody sees it', async () => {
    const row = message(ada.page, 'It works');
    await row.hover();
    await row.getByRole('button', { name: 'React', exact: true }).first().click();
    await ada.page.getByRole('dialog', { name: 'Emoji' }).getByRole('button', { name: ':party_parrot:' }).click();
    const reaction = message(bob.page, 'It works').getByRole('button', { name: /:party_parrot:/ });
    await reaction.waitFor();
    await reaction.click();
    const seen = message(ada.page, 'It works').getByRole('button', { name: /:party_parrot:/ });
    await eventually(async () => (await seen.textContent())?.includes('2'), 'both are counted');
    await ada.inspect('emoji-used');
  });

  await t.test('are added by everybody when the workspace wants that', async () => {
    await bob.goto('/settings/appearance');
    await bob.page.getByRole('heading', { name: 'Link previews' }).waitFor();
    assert.equal(await bob.page.getByText('Emoji of this workspace').count(), 0);
    await ada.goto('/settings/workspace');
    await ada.page.getByRole('switch', { name: /Everybody adds emoji/ }).click();
    await ada.page.getByText('Saved', { exact: true }).waitFor();
    await bob.goto('/settings/appearance');
    await bob.page.getByText('Emoji of this workspace').first().waitFor();
  });

  await t.test('leave their name when they are taken away', async () => {
    await ada.goto('/settings/workspace');
    await open(bob, channel);
    await message(bob.page, 'It works').getByRole('img', { name: ':party_parrot:' }).first().waitFor();
    await ada.page.getByRole('button', { name: 'Take :party_parrot: away' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
    await ada.page.getByText('No emoji yet.').waitFor();
    await message(bob.page, 'It works :party_parrot:').waitFor();
    assert.equal(await message(bob.page, 'It works').getByRole('img', { name: /party/ }).count(), 0);
  });
});
