/** Ways to sign in besides the password: a second step by an app, recovery codes. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general } from './talk.mjs';

/** RFC 6238 with what every app has: SHA-1, 30 s, six digits. Written out here, so that the server is not asked about itself. */
function codeOf(secret, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** A code that the server has not seen: the one of the next step is taken too. */
const nextCodeOf = (secret) => codeOf(secret, Date.now() + 30_000);

async function fillIn(page, person) {
  await page.getByLabel('Mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a second step', async (t) => {
  // All of them sit behind one address, and sign in within a minute.
  const house = await openHouse(t, { ANTIPHON_LIMITS_SIGN_IN_PER_MINUTE: '100' });
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const person of [ada, bob]) person.expectConsole(/status of (401|409|422|410)|WebSocket/);
  const { page } = bob;
  let secret = '';
  let codes = [];

  await t.test('an app is set up with password, QR code and a first code', async () => {
    await bob.goto('/settings/sessions');
    await page.getByText('You sign in with your password alone.').waitFor();
    await bob.inspect('second-step-none');
    await page.getByRole('button', { name: 'Set up an app' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Current password').fill('not it at all');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('is not your password').waitFor();
    await bob.inspect('second-step-password');
    await dialog.getByLabel('Current password').fill(bob.password);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('img', { name: 'QR code for the app' }).waitFor();
    secret = await dialog.getByLabel('Secret').inputValue();
    await bob.inspect('second-step-scan');
    await dialog.getByLabel('Six digits').fill('000000');
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByRole('alert').filter({ hasText: /good once/ }).waitFor();
    await dialog.getByLabel('Six digits').fill(codeOf(secret));
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    codes = await dialog.getByRole('listitem').allInnerTexts();
    assert.equal(codes.length, 10);
    await bob.inspect('recovery-codes');
    await dialog.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 left').waitFor();
    await bob.inspect('second-step-set');
  });

  await t.test('the password alone does not let in any more, a code does', async () => {
    const phone = await house.newVisitor('Bob at the phone');
    phone.expectConsole(/status of (401|422|410)|WebSocket/);
    await phone.goto('/sign-in?next=/people');
    await fillIn(phone.page, bob);
    await phone.page.getByRole('heading', { name: 'Second step' }).waitFor();
    await phone.inspect('sign-in-second-step');
    await phone.page.getByLabel('Code').fill('000000');
    await phone.page.getByRole('button', { name: 'Sign in' }).click();
    await phone.page.getByRole('alert').filter({ hasText: /good once/ }).waitFor();
    await phone.page.getByLabel('Code').fill(nextCodeOf(secret));
    await phone.page.getByRole('button', { name: 'Sign in' }).click();
    await phone.page.waitForURL((url) => url.pathname === '/people');
  });

  await t.test('a recovery code stands in for the app, once', async () => {
    for (const isFirst of [true, false]) {
      const visitor = await house.newVisitor('Bob without a phone');
      visitor.expectConsole(/status of (401|422)|WebSocket/);
      await visitor.goto('/sign-in');
      await fillIn(visitor.page, bob);
      await visitor.page.getByLabel('Code').fill(codes[0]);
      await visitor.page.getByRole('button', { name: 'Sign in' }).click();
      if (isFirst) await visitor.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
      else await visitor.page.getByRole('alert').filter({ hasText: /good once/ }).waitFor();
    }
  });

  await t.test('an administrator takes it away from whoever is locked out', async () => {
    await ada.goto(`/people/${bob.me.id}`);
    await ada.page.getByRole('button', { name: 'Remove the second step' }).click();
    await ada.inspect('remove-second-step');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await ada.page.getByText('signs in with the password alone').waitFor();
    await bob.goto('/settings/sessions');
    await page.getByText('You sign in with your password alone.').waitFor();
  });

  await t.test('a workspace that demands it has it set up at the next sign-in', async () => {
    await ada.goto('/settings/people');
    await ada.page.getByRole('switch', { name: 'Members' }).click();
    await ada.page.getByRole('switch', { name: 'Members', checked: true }).waitFor();
    await ada.inspect('second-step-policy');
    await ada.page.getByRole('switch', { name: 'Owners' }).click();
    await ada.page.getByText(/Set up your own second step first/).waitFor();
    const laptop = await house.newVisitor('Bob at the laptop');
    laptop.expectConsole(/status of (401|422)|WebSocket/);
    await laptop.goto('/sign-in');
    await fillIn(laptop.page, bob);
    await laptop.page.getByRole('heading', { name: 'Set up a second step' }).waitFor();
    await laptop.inspect('sign-in-set-up');
    const shown = await laptop.page.locator('code').innerText();
    await laptop.page.getByLabel('Six digits from the app').fill(codeOf(shown));
    await laptop.page.getByRole('button', { name: 'Sign in' }).click();
    await laptop.page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await laptop.inspect('sign-in-recovery-codes');
    await laptop.page.getByRole('link', { name: 'I have kept them' }).click();
    await laptop.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  });
});
