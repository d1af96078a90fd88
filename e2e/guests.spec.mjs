/** Guests by link: people without an account, in one channel, until their link ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, open, say } from './talk.mjs';

/** What a browser knows of who it is; undefined when nobody is signed in. */
const meOf = (person) => person.page.evaluate(async () => (await fetch('/api/me')).json());

test('guests', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const gesa = await house.newVisitor('Gesa');
  const gus = await house.newVisitor('Gus', { viewport: { width: 360, height: 740 } });
  for (const person of [gesa, gus]) person.expectConsole(/status of 40[14]|WebSocket/);
  let link = '';

  await t.test('who looks after a channel makes a link, which is shown once', async () => {
    const { page } = ada;
    await open(ada, channel);
    await say(page, 'Before anybody came');
    await ada.goto(`/c/${channel.id}?about=true`);
    await page.getByText('No guests yet.').waitFor();
    await page.getByRole('button', { name: 'Make a guest link' }).click();
    await page.getByLabel('How many at the same time').selectOption({ label: '5 guests' });
    await ada.inspect('guest-link-new');
    await page.getByRole('dialog').getByRole('button', { name: 'Make a guest link' }).click();
    link = await page.getByLabel('Link', { exact: true }).inputValue();
    assert.match(link, /\/guest\/[\w-]{40,}$/);
    await ada.inspect('guest-link-made');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText(/^0 of 5 here, until/).waitFor();
  });

  await t.test('a name is enough to come in, and one knows where one is', async () => {
    const { page } = gesa;
    await gesa.goto(link);
    await page.getByRole('heading', { name: 'Visit general' }).waitFor();
    await page.getByText('Ada Lovelace invites you into a channel of').waitFor();
    await page.getByText(/stays in the channel with your name/).waitFor();
    await gesa.inspect('guest-enter');
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.getByText('This is needed.').waitFor();
    await page.getByLabel('Your name').fill('Gesa Gast');
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.waitForURL(new RegExp(`/c/${channel.id}`));
    await page.getByText('You are here as a guest, as Gesa Gast.').waitFor();
    await field(page).waitFor();
    assert.equal(await page.getByText('Before anybody came').count(), 0, 'she reads from her entering on');
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).count(), 0);
    await gesa.inspect('guest-room');
  });

  await t.test('both talk, and the guest is marked wherever her name stands', async () => {
    await field(gesa.page).fill('Hello from outside');
    await field(gesa.page).press('Enter');
    const { page } = ada;
    await page.keyboard.press('Escape');
    await open(ada, channel);
    await message(page, 'Hello from outside').getByText('Guest', { exact: true }).waitFor();
    await say(page, 'Welcome, Gesa');
    await message(gesa.page, 'Welcome, Gesa').waitFor();
    await message(page, 'Hello from outside').getByRole('button', { name: 'Gesa Gast' }).click();
    await page.getByRole('dialog', { name: 'Gesa Gast' }).getByText('Guest', { exact: true }).waitFor();
    assert.equal(await page.getByRole('dialog', { name: 'Gesa Gast' }).getByRole('button', { name: /message/i }).count(), 0);
    await ada.inspect('guest-card');
    await page.keyboard.press('Escape');
    await ada.goto(`/c/${channel.id}?about=true`);
    await page.getByRole('listitem').filter({ hasText: 'Gesa Gast' }).getByText('Guest', { exact: true }).first().waitFor();
    await page.getByText(/^1 of 5 here, until/).waitFor();
    await ada.inspect('guest-members');
  });

  await t.test('whoever comes back in the same browser is the same guest, and every other place leads back', async () => {
    const before = await meOf(gesa);
    await gesa.goto(link);
    await gesa.page.waitForURL(new RegExp(`/c/${channel.id}`));
    assert.equal((await meOf(gesa)).id, before.id);
    for (const path of ['/', '/people', '/settings', '/search', `/c/${channel.id}/files`]) {
      await gesa.goto(path);
      await gesa.page.waitForURL(new RegExp(`/c/${channel.id}$`));
      await field(gesa.page).waitFor();
    }
  });

  await t.test('on a phone there is the room, and no more', async () => {
    const { page } = gus;
    await gus.goto(link);
    await page.getByLabel('Your name').fill('Gus');
    await page.getByRole('button', { name: 'Come in' }).click();
    await field(page).waitFor();
    await field(page).fill('From my phone');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await message(ada.page, 'From my phone').waitFor();
    await gus.inspect('guest-phone');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('dialog').getByText(/stays in the channel/).waitFor();
    await gus.inspect('guest-leave');
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Your visit has ended' }).waitFor();
    await gus.inspect('guest-ended');
  });

  await t.test('with the end of the link everybody is out at once, and what they wrote stays', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: /^Guest link of/ }).click();
    await page.getByRole('menuitem', { name: 'End it now' }).click();
    await page.getByText('1 guest is out at once. What they wrote stays.').waitFor();
    await ada.inspect('guest-link-end');
    await page.getByRole('dialog').getByRole('button', { name: 'End it now' }).click();
    await gesa.page.getByRole('heading', { name: 'Your visit has ended' }).waitFor();
    await page.getByText('No guests yet.').waitFor();
    await open(ada, channel);
    await message(page, 'Hello from outside').getByText('Guest', { exact: true }).waitFor();
    await gesa.goto(link);
    await gesa.page.getByRole('heading', { name: 'This link is not valid any more' }).waitFor();
  });

  await t.test('a member makes a link where the workspace says so, and its guest brings a file', async () => {
    const bob = await house.newPerson('Bob Brown', { spaceId: channel.space_id, channelIds: [channel.id] });
    await bob.goto(`/c/${channel.id}?about=true`);
    await bob.page.getByRole('heading', { name: 'Members' }).first().waitFor();
    assert.equal(await bob.page.getByRole('button', { name: 'Make a guest link' }).count(), 0);
    await ada.goto('/settings/workspace');
    await ada.page.getByRole('switch', { name: 'Members make guest links' }).click();
    await ada.page.getByRole('switch', { name: 'Members make guest links', checked: true }).waitFor();
    await ada.inspect('guest-setting');
    await bob.page.reload();
    await bob.page.getByRole('button', { name: 'Make a guest link' }).click();
    await bob.page.getByText('Guests bring files', { exact: true }).click();
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Make a guest link' }).click();
    const url = await bob.page.getByLabel('Link', { exact: true }).inputValue();
    await bob.page.getByRole('button', { name: 'Done' }).click();
    await bob.page.getByText('may bring files').waitFor();
    const ida = await house.newVisitor('Ida');
    ida.expectConsole(/status of 401/);
    await ida.goto(url);
    await ida.page.getByLabel('Your name').fill('Ida');
    await ida.page.getByRole('button', { name: 'Come in' }).click();
    await field(ida.page).waitFor();
    await ida.page.locator('input[type="file"]').first().setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('from outside') });
    await ida.page.getByText('notes.txt').waitFor();
    await field(ida.page).fill('My notes, see https://example.org');
    await eventually(() => ida.page.getByRole('button', { name: 'Send', exact: true }).isEnabled(), 'the file has arrived');
    await field(ida.page).press('Enter');
    await message(ida.page, 'My notes').getByText('notes.txt').waitFor();
    await ida.inspect('guest-files');
    await open(ada, channel);
    await message(ada.page, 'My notes').getByText('notes.txt').waitFor();
  });

  await t.test('an account is not lost to a guest link', async () => {
    const made = await ada.request('POST', `/api/channels/${channel.id}/guest-links`, { max_guests: 5, expires_in_s: 3600 });
    await ada.goto(made.url);
    await ada.page.getByRole('link', { name: 'Open your channels' }).click();
    await field(ada.page).waitFor();
  });

  await t.test('what was done to guests is in the audit log, in words', async () => {
    await ada.goto('/settings/audit');
    for (const words of ['made a guest link into the channel', 'came into the channel', 'ended a guest link into the channel']) {
      await ada.page.getByText(words).first().waitFor();
    }
  });
});
