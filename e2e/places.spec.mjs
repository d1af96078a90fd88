/** Who may be where: direct conversations, private and announcement channels, guests, spaces; and the sidebar that shows it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { field, general, message, open, post, row, say, worksAlways } from './talk.mjs';

test('places', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cleo = await house.newPerson('Cleo Moon', { spaceId: channel.space_id });
  await open(ada, channel);
  await open(bob, channel);
  await open(cleo, channel);
  await worksAlways(ada);
  await worksAlways(bob);

  await t.test('a direct conversation appears for the other when something is said', async () => {
    await ada.page.getByRole('button', { name: 'Start a direct conversation' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Start a direct conversation' });
    await dialog.getByLabel('Find people by name').fill('bob');
    await dialog.getByRole('option', { name: /Bob Frost/ }).click();
    await ada.inspect('new-direct');
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await ada.page.getByRole('heading', { name: 'Bob Frost' }).waitFor();
    await ada.inspect('direct-empty');
    await say(ada.page, 'Just between us');
    await row(bob.page, /Ada Lovelace.*1 for you/).waitFor();
    await row(bob.page, /Ada Lovelace/).click();
    await message(bob.page, 'Just between us').waitFor();
    await say(bob.page, 'Sealed');
    await message(ada.page, 'Sealed').waitFor();
    assert.equal(await row(cleo.page, /Ada Lovelace/).count(), 0);
    await bob.inspect('direct');
  });

  await t.test('a private channel exists for those who were added only', async () => {
    await ada.page.getByRole('button', { name: 'Add a channel to Analytical Society' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Create a channel' });
    await dialog.getByLabel('Name').fill('budget');
    await dialog.getByRole('radio', { name: /^Private/ }).check({ force: true });
    await ada.inspect('create-channel');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await ada.page.getByRole('heading', { name: /budget/ }).waitFor();
    await ada.page.getByRole('button', { name: 'About this channel' }).click();
    await ada.page.getByRole('button', { name: 'Add people' }).click();
    const adding = ada.page.getByRole('dialog', { name: /^Add people to/ });
    await adding.getByLabel('Find people by name').fill('bob');
    await adding.getByRole('option', { name: /Bob Frost/ }).click();
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await row(bob.page, /budget/).waitFor();
    await ada.inspect('about-channel');
    await say(ada.page, 'Forty pounds for brass');
    await row(bob.page, /budget/).click();
    await message(bob.page, 'Forty pounds').waitFor();
    assert.equal(await row(cleo.page, /budget/).count(), 0);
    cleo.expectConsole(/status of 404/);
    await cleo.page.goto(ada.page.url());
    await cleo.page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await cleo.page.getByText('Forty pounds').count(), 0);
    await cleo.inspect('hidden-channel');
  });

  await t.test('who is taken out of it loses it at once', async () => {
    bob.expectConsole(/status of 404/);
    await ada.page.getByRole('list', { name: 'Members' }).getByRole('button', { name: 'More for Bob Frost' }).click();
    await ada.page.getByRole('menuitem', { name: 'Remove' }).click();
    await row(bob.page, /budget/).waitFor({ state: 'detached' });
    await bob.page.getByText('Forty pounds').waitFor({ state: 'detached' });
  });

  await t.test('in an announcement channel all read and some write', async () => {
    await ada.page.getByRole('button', { name: 'Add a channel to Analytical Society' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Create a channel' });
    await dialog.getByLabel('Name').fill('news');
    await dialog.getByRole('radio', { name: /^Announcement/ }).check({ force: true });
    await dialog.getByRole('button', { name: 'Create' }).click();
    await ada.page.getByRole('heading', { name: /news/ }).waitFor();
    await say(ada.page, 'The mill opens on Monday');
    await cleo.goto(`/browse/${channel.space_id}`);
    await cleo.page.getByRole('link', { name: /news/ }).first().waitFor();
    await cleo.inspect('browse');
    await cleo.page.goto(ada.page.url());
    await message(cleo.page, 'The mill opens').waitFor();
    await cleo.page.getByRole('button', { name: 'Join channel' }).click();
    await cleo.page.getByText('Only the people chosen for it write here.').waitFor();
    assert.equal(await field(cleo.page).count(), 0);
    await cleo.inspect('announcement');
  });

  await t.test('a public channel can be read and joined by everybody in the space', async () => {
    const open_ = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'garden', kind: 'public', description: 'Seeds and seasons' });
    await post(ada, open_, 'The first snowdrops');
    await cleo.goto(`/browse/${channel.space_id}`);
    await cleo.page.getByRole('link', { name: /garden/ }).click();
    await message(cleo.page, 'The first snowdrops').waitFor();
    await post(ada, open_, 'And crocuses');
    await message(cleo.page, 'And crocuses').waitFor();
    await cleo.inspect('looking-in');
    await cleo.page.getByRole('button', { name: 'Join channel' }).click();
    await say(cleo.page, 'How lovely');
    await row(cleo.page, /garden/).waitFor();
  });

  await t.test('a guest sees only the channel they were invited to', async () => {
    const [garden] = (await ada.request('GET', '/api/start')).channels.filter(({ name }) => name === 'garden');
    const guest = await house.newPerson('Gus Guest', { role: 'guest', spaceId: channel.space_id, channelIds: [garden.id] });
    await guest.goto('/');
    await row(guest.page, /garden/).waitFor();
    assert.equal(await row(guest.page, /general|news|budget/).count(), 0);
    await row(guest.page, /garden/).click();
    await say(guest.page, 'Thank you for having me');
    await message(guest.page, 'Thank you for having me').waitFor();
    await guest.inspect('guest');
    guest.expectConsole(/status of 40[34]/);
    await guest.goto(`/c/${channel.id}`);
    await guest.page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await guest.page.getByRole('feed').count(), 0);
  });

  await t.test('a space is made, found by others and joined', async () => {
    await ada.page.getByRole('button', { name: 'Analytical Society', exact: true }).click();
    await ada.page.getByRole('menuitem', { name: 'Create a space' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Create a space' });
    await dialog.getByLabel('Name').fill('Weaving class');
    await dialog.getByRole('radio', { name: /^Class/ }).check({ force: true });
    await ada.inspect('create-space');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await ada.page.getByText('Weaving class').first().waitFor();
    await cleo.goto('/browse');
    await cleo.page.getByRole('button', { name: 'Join Weaving class' }).waitFor();
    await cleo.inspect('spaces');
    await cleo.page.getByRole('button', { name: 'Join Weaving class' }).click();
    await cleo.page.getByRole('button', { name: 'Show Weaving class' }).waitFor();
  });

  await t.test('the sidebar is arranged by its owner, on every device', async () => {
    const other = await cleo.newDevice();
    await open(other, channel);
    const menu = async (page, name, item) => {
      await row(page, name).hover();
      await page.getByRole('button', { name: `More for ${name}`, exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu(cleo.page, 'garden', 'Pin to the top');
    await other.page.getByRole('button', { name: 'Show Pinned' }).waitFor();
    await menu(cleo.page, 'news', 'What I am told of');
    await cleo.page.getByRole('radio', { name: /^Nothing/ }).check();
    await cleo.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await cleo.page.getByRole('dialog').waitFor({ state: 'detached' });
    await row(other.page, /news.*Muted/).waitFor();
    await cleo.inspect('sidebar-arranged');
  });

  await t.test('the palette jumps to channels and people', async () => {
    await cleo.page.keyboard.press('Control+k');
    await cleo.page.getByLabel('Channel, person or words').fill('gard');
    await cleo.page.getByRole('option', { name: /garden/ }).waitFor();
    await cleo.inspect('jump');
    await cleo.page.keyboard.press('Enter');
    await cleo.page.getByRole('heading', { name: /garden/ }).waitFor();
  });

  await t.test('an archived channel stays readable', async () => {
    const [garden] = (await ada.request('GET', '/api/start')).channels.filter(({ name }) => name === 'garden');
    await ada.request('PATCH', `/api/channels/${garden.id}`, { archived: true });
    await cleo.page.getByText('This channel is archived.').first().waitFor();
    assert.equal(await field(cleo.page).count(), 0);
    await cleo.inspect('archived');
  });
});
