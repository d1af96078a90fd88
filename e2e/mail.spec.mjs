/** Mail: the relay and its button, new passwords and invitations by mail, against a real SMTP server. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { linkIn, openRelay, relayPassword, relayUser } from './relay.mjs';
import { general } from './talk.mjs';

const settingsOf = ({ port, ca }, { tls, user = '', password = '' }) => ({
  ANTIPHON_MAIL_FROM: 'Harbour <talk@harbour.example>',
  ANTIPHON_MAIL_SMTP_HOST: 'localhost',
  ANTIPHON_MAIL_SMTP_PORT: String(port),
  ANTIPHON_MAIL_SMTP_TLS: tls,
  ANTIPHON_MAIL_SMTP_USER: user,
  ANTIPHON_MAIL_SMTP_PASSWORD: password,
  ANTIPHON_MAIL_SMTP_CA_FILE: ca,
});

function folderOf(t) {
  const folder = mkdtempSync(join(tmpdir(), 'antiphon-relay-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Presses the test button and gives what the page says. */
async function tried(person) {
  await person.goto('/settings/mail');
  const { page } = person;
  await page.getByRole('button', { name: 'Send me a test' }).click();
  const status = page.getByRole('region', { name: 'Try it' }).getByRole('status').filter({ hasText: /\w/ });
  await status.waitFor({ timeout: 25_000 });
  return status.innerText();
}

test('mail', async (t) => {
  const relay = await openRelay(t, folderOf(t), { auth: true, refuses: 'gone@example.org' });
  const house = await openHouse(t, settingsOf(relay, { tls: 'starttls', user: relayUser, password: relayPassword }));
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });

  await t.test('the button tries the relay, over STARTTLS and signed in', async () => {
    const said = await tried(ada);
    assert.match(said, /took the letter/);
    assert.match(said, /It said: 250 kept/);
    assert.equal(relay.letters.length, 1);
    const [letter] = relay.letters;
    assert.deepEqual([letter.to, letter.secure], [[ada.email], true]);
    for (const line of [/^From: "?Harbour"? <talk@harbour\.example>\r$/m, /^Auto-Submitted: auto-generated\r$/m, /^Message-ID: <[\w-]+@harbour\.example>\r$/m, /multipart\/alternative/]) {
      assert.match(letter.text, line);
    }
    await ada.inspect('mail');
  });

  await t.test('a forgotten password is set by a link that came by mail', async () => {
    const visitor = await house.newVisitor('Bob without his password');
    visitor.expectConsole(/status of 401|WebSocket/);
    bob.expectConsole(/status of 401|WebSocket/);
    const { page } = visitor;
    await visitor.goto('/sign-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'A new password' }).waitFor();
    await visitor.inspect('forgot-password');
    await page.getByLabel('Mail address').fill(bob.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await visitor.inspect('link-sent');
    await eventually(() => relay.letters.length === 2, 'the link arrives');
    const link = linkIn(relay.letters[1], '/reset/');
    await page.goto(link);
    await page.getByLabel('New password', { exact: true }).fill('a password from a letter');
    await page.getByRole('button', { name: 'Save the password' }).click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Mail address').fill(bob.email);
    await page.getByLabel('Password', { exact: true }).fill('a password from a letter');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  });

  await t.test('an invitation goes out by mail, and its link lets in', async () => {
    const { page } = ada;
    await ada.goto('/settings/invitations');
    await page.getByRole('button', { name: 'Invite people' }).first().click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Send the link by mail').fill('carla@example.org');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByText('On its way to carla@example.org.').waitFor();
    await ada.inspect('invitation-mailed');
    await eventually(() => relay.letters.length === 3, 'the invitation arrives');
    assert.deepEqual(relay.letters[2].to, ['carla@example.org']);
    const carla = await house.newVisitor('Carla Jung');
    await carla.goto(linkIn(relay.letters[2], '/join/'));
    await carla.page.getByRole('heading', { name: /^Join / }).waitFor();
  });

  await t.test('what the relay refuses is given up and shown', async () => {
    const { page } = ada;
    await page.getByRole('dialog').getByLabel('Send the link by mail').fill('gone@example.org');
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await page.getByText('On its way to gone@example.org.').waitFor();
    await eventually(async () => (await ada.request('GET', '/api/mail')).lost.length === 1, 'it is given up');
    await ada.goto('/settings/mail');
    await page.getByText(/gone@example.org.*550 5.1.1 Nobody of that name/).waitFor();
    await ada.inspect('mail-lost');
  });
});

test('the button tells what is wrong with a relay', async (t) => {
  const folder = folderOf(t);
  const cases = [
    { name: 'TLS from the first byte', relay: { implicit: true, auth: true }, tls: 'implicit', password: relayPassword, says: /took the letter/ },
    { name: 'a wrong password', relay: { auth: true }, tls: 'starttls', password: 'a wrong one', says: /name and the password.*535 5\.7\.8/s },
    { name: 'a certificate of nobody that we know', relay: {}, tls: 'starttls', distrust: true, says: /No safe connection/ },
    { name: 'TLS where there is none', relay: {}, tls: 'implicit', says: /No safe connection/ },
  ];
  for (const { name, relay: options, tls, password, distrust, says } of cases) {
    await t.test(name, async (t) => {
      const relay = await openRelay(t, folder, options);
      const settings = settingsOf(relay, { tls, ...(password && { user: relayUser, password }) });
      if (distrust) delete settings.ANTIPHON_MAIL_SMTP_CA_FILE;
      const house = await openHouse(t, settings);
      assert.match(await tried(await house.newOwner()), says);
    });
  }

  await t.test('a relay that hangs', async (t) => {
    const silent = createServer((socket) => t.after(() => socket.destroy())).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    t.after(() => silent.close());
    const house = await openHouse(t, settingsOf({ port: silent.address().port, ca: '' }, { tls: 'starttls' }));
    const began = Date.now();
    assert.match(await tried(await house.newOwner()), /did not answer in time/);
    assert.ok(Date.now() - began < 22_000);
  });

  await t.test('nobody is there', async (t) => {
    const house = await openHouse(t, settingsOf({ port: 1, ca: '' }, { tls: 'none' }));
    const ada = await house.newOwner();
    assert.match(await tried(ada), /cannot be reached/);
  });
});
