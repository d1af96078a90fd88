/** Accounts: who somebody is, where they are signed in, and how that ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { openHouse } from './harness.mjs';
import { general, message, open, post, say } from './talk.mjs';

test('people', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await post(bob, channel, 'Here I am');
  await open(ada, channel);
  for (const person of [ada, bob]) person.expectConsole(/status of 401|WebSocket/);

  await t.test('a profile is changed, with a picture, and others see it at once', async () => {
    await bob.goto('/settings/profile');
    const { page } = bob;
    await page.getByLabel('Name').fill('Robert Frost');
    await page.getByLabel('How to say it').fill('ROB-ert');
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await message(ada.page, 'Here I am').getByText('Robert Frost').waitFor();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add a picture' }).click();
    await (await chooser).setFiles({ name: 'face.png', mimeType: 'image/png', buffer: aPicture() });
    await message(ada.page, 'Here I am').locator('img').waitFor();
    await bob.inspect('profile');
  });

  await t.test('the page of a person says how to say the name and what time it is there', async () => {
    const { page } = ada;
    await ada.goto('/people');
    await page.getByRole('link', { name: /Robert Frost/ }).first().waitFor();
    await ada.inspect('people');
    await page.getByLabel('Find people by name').fill('rob');
    await page.getByRole('link', { name: /Ada/ }).first().waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Robert Frost/ }).first().click();
    await page.getByText('Say: ROB-ert').waitFor();
    await page.getByText(/in Asia\/Tokyo/).waitFor();
    await ada.inspect('person');
  });

  await t.test('a session is ended from another device, and that device ends at the sign-in page', async () => {
    const phone = await bob.newDevice();
    phone.expectConsole(/status of 401|WebSocket/);
    await open(phone, channel);
    await bob.goto('/settings/sessions');
    const { page } = bob;
    await page.getByText('This device').waitFor();
    await bob.inspect('sessions');
    await page.getByRole('button', { name: /^Sign out (?!all)/ }).first().click();
    await bob.inspect('sign-out-device');
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await phone.page.waitForURL(/\/sign-in/);
    await phone.page.getByRole('heading', { name: /Sign in/ }).waitFor();
    await page.getByRole('button', { name: /^Sign out (?!all)/ }).waitFor({ state: 'detached' });
    await phone.inspect('sign-in');
  });

  await t.test('signing in leads back to where one was; a wrong password does not', async () => {
    const phone = house.visitors.at(-1);
    const { page } = phone;
    await page.getByLabel('Mail address').fill(bob.email);
    await page.getByLabel('Password', { exact: true }).fill('not this one at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    await phone.inspect('sign-in-failed');
    await page.getByLabel('Password', { exact: true }).fill(bob.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(new RegExp(`/c/${channel.id}`));
    await message(page, 'Here I am').waitFor();
  });

  await t.test('a new password ends the other sessions', async () => {
    const phone = house.visitors.at(-1);
    const { page } = bob;
    await page.getByLabel('Current password').fill(bob.password);
    await page.getByLabel('New password').fill('an entirely new password');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await phone.page.waitForURL(/\/sign-in/);
    bob.password = 'an entirely new password';
  });

  await t.test('a reset link gives a new password', async () => {
    await ada.goto(`/people/${bob.me.id}`);
    await ada.page.getByRole('button', { name: 'Make a reset link' }).click();
    const dialog = ada.page.getByRole('dialog');
    await ada.inspect('reset');
    await dialog.getByRole('button', { name: 'Make a reset link' }).click();
    const link = await dialog.getByLabel('Reset link').inputValue();
    await dialog.getByRole('button', { name: 'Done' }).click();
    const visitor = await house.newVisitor('Robert again');
    visitor.expectConsole(/status of 401|WebSocket/);
    await visitor.goto(link);
    await visitor.page.getByRole('heading', { name: 'New password for Robert Frost' }).waitFor();
    await visitor.inspect('new-password');
    await visitor.page.getByLabel('New password', { exact: true }).or(visitor.page.getByLabel('Password', { exact: true })).first().fill('the third password');
    await visitor.page.getByRole('button', { name: 'Save the password' }).click();
    await visitor.page.getByRole('link', { name: 'Sign in' }).or(visitor.page.getByRole('button', { name: 'Sign in' })).first().waitFor();
    await bob.page.waitForURL(/\/sign-in/);
    bob.password = 'the third password';
    await bob.request('POST', '/api/sessions', { email: bob.email, password: bob.password });
  });

  await t.test('who is deactivated is out at once; what they wrote stays', async () => {
    await open(bob, channel);
    // What was let in before the deactivation may find nothing after it.
    bob.expectConsole(/404.*\/api\/drafts/);
    await say(bob.page, 'My last words');
    await ada.page.getByRole('button', { name: 'Deactivate' }).click();
    await ada.inspect('deactivate');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
    await bob.page.waitForURL(/\/sign-in/);
    await ada.page.getByText('Deactivated').first().waitFor();
    await open(ada, channel);
    await message(ada.page, 'My last words').waitFor();
    const refused = await fetch(`${house.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.url },
      body: JSON.stringify({ email: bob.email, password: bob.password }),
    });
    assert.equal(refused.status, 401);
  });

  await t.test('the owner gives roles, names the workspace and revokes an invitation', async () => {
    const { page } = ada;
    await ada.goto('/settings/people');
    await page.getByRole('heading', { name: 'People and roles' }).waitFor();
    await ada.inspect('settings-people');
    await ada.goto('/settings/workspace');
    await page.getByLabel('Name of the workspace').fill('Difference Society');
    await page.getByRole('region', { name: 'The workspace', exact: true }).getByRole('button', { name: 'Save' }).click();
    await ada.inspect('settings-workspace');
    await ada.request('POST', '/api/invitations', { role: 'member', space_id: null, channel_ids: [], max_uses: 5, expires_in_s: 86_400 });
    await ada.goto('/settings/invitations');
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog', { name: 'Revoke this invitation?' }).getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke' }).first().waitFor({ state: 'detached' });
    await page.goto(house.url);
    await page.getByRole('button', { name: 'Difference Society', exact: true }).waitFor();
  });

  await t.test('colours and density are of this device', async () => {
    const { page } = ada;
    await ada.goto('/settings/appearance');
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    await ada.inspect('settings-appearance');
    await page.getByRole('radio', { name: /^Dark/ }).check({ force: true });
    assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
    await page.getByRole('radio', { name: /^Compact/ }).check({ force: true });
    await open(ada, channel);
    await message(page, 'Here I am').waitFor();
    await ada.screenshot('compact-dark');
  });
});

/** A small PNG of one colour, without a library. */
function aPicture() {
  const size = 64;
  const rows = Buffer.concat(Array.from({ length: size }, () => Buffer.concat([Buffer.of(0), Buffer.alloc(size * 3, 0x66)])));
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.from([0, 0, 0, size, 0, 0, 0, size, 8, 2, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

/** CRC-32 as PNG wants it (RFC 2083, section 15). */
function crc(data) {
  let sum = ~0;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
