/** Passkeys, with the browser's own virtual device: added, shown at sign-in without a name, renamed, removed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { general } from './talk.mjs';

/** A device with a screen lock that keeps passkeys; its finger is put on by itself while `isPresent`. */
async function giveDevice(visitor, { isPresent = true, isVerified = true } = {}) {
  const session = await visitor.context.newCDPSession(visitor.page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: isVerified,
      automaticPresenceSimulation: isPresent,
    },
  });
  return {
    keys: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    put: (credential) => session.send('WebAuthn.addCredential', { authenticatorId, credential }),
    clear: () => session.send('WebAuthn.clearCredentials', { authenticatorId }),
    present: (enabled) => session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    verified: (isUserVerified) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

async function fillIn(page, person) {
  await page.getByLabel('Mail address').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('passkeys', async (t) => {
  const house = await openHouse(t, { ANTIPHON_LIMITS_SIGN_IN_PER_MINUTE: '100' }, 'localhost');
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const person of [ada, bob]) person.expectConsole(/status of (401|409|410|422)|WebSocket/);
  const { page } = bob;
  const phone = await giveDevice(bob);
  let key;

  await t.test('one is added after the password was given', async () => {
    await bob.goto('/settings/sessions');
    await page.getByText('You have none yet.').waitFor();
    await bob.inspect('passkeys-none');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await bob.inspect('passkey-add');
    await dialog.getByLabel('Current password').fill('not it at all');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('is not your password').waitFor();
    await dialog.getByLabel('Current password').fill(bob.password);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await page.getByText('You can sign in with it now.').waitFor();
    await page.getByRole('list', { name: 'Passkeys' }).getByText('not used yet').waitFor();
    [key] = await phone.keys();
    assert.equal(key.rpId, 'localhost');
    assert.equal(key.isResidentCredential, true);
  });

  await t.test('a device that has one does not get another', async () => {
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a passkey' });
    await dialog.getByLabel('Current password').fill(bob.password);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'has a passkey of yours already' }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  await t.test('it is given a name', async () => {
    await page.getByRole('button', { name: /^Rename / }).click();
    const dialog = page.getByRole('dialog', { name: 'Name of the passkey' });
    await dialog.getByLabel('Name').fill('My phone');
    await bob.inspect('passkey-rename');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('list', { name: 'Passkeys' }).getByText('My phone').waitFor();
    await bob.inspect('passkeys-one');
  });

  await t.test('it opens the account without a mail address, and leads to where one was going', async () => {
    await phone.present(false);
    await bob.goto('/healthz');
    await bob.request('DELETE', '/api/sessions/current');
    await bob.goto('/sign-in?next=/people');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
    assert.equal(await page.getByLabel('Mail address').getAttribute('autocomplete'), 'username webauthn');
    await bob.inspect('sign-in-passkey');
    await phone.present(true);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL((url) => url.pathname === '/people');
    assert.equal((await bob.request('GET', '/api/me')).id, bob.me.id);
    await bob.goto('/settings/sessions');
    await page.getByRole('list', { name: 'Passkeys' }).getByText(/used now|used .*second|used this minute/i).waitFor();
  });

  await t.test('the browser offers it where the mail address goes', async () => {
    await bob.goto('/healthz');
    await bob.request('DELETE', '/api/sessions/current');
    // The virtual device picks what a person would pick from the list under the field.
    await bob.goto('/sign-in?next=/people');
    await page.waitForURL((url) => url.pathname === '/people');
    assert.equal((await bob.request('GET', '/api/me')).id, bob.me.id);
  });

  await t.test('a device without one, or whose window was closed, says what to do', async () => {
    const visitor = await house.newVisitor('Bob at a foreign desk');
    visitor.expectConsole(/status of 4|WebSocket/);
    const desk = await giveDevice(visitor, { isVerified: false });
    await visitor.goto('/sign-in');
    await visitor.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await visitor.page.getByRole('alert').filter({ hasText: 'Nothing was opened.' }).waitFor();
    await visitor.inspect('sign-in-passkey-cancelled');
    // The key is there, and the finger is a stranger's.
    await desk.put(key);
    await visitor.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await eventually(async () => (await visitor.page.locator('button[aria-busy]').count()) === 0, 'the browser gave up');
    await visitor.page.getByRole('alert').filter({ hasText: 'Nothing was opened.' }).waitFor();
    await fillIn(visitor.page, bob);
    await visitor.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  });

  await t.test('where a second step is demanded it is both steps, and the password asks for it', async () => {
    const lock = await giveDevice(ada);
    await ada.goto('/settings/sessions');
    await ada.page.getByRole('button', { name: 'Add a passkey' }).click();
    await ada.page.getByRole('dialog').getByLabel('Current password').fill(ada.password);
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Next' }).click();
    await ada.page.getByText('You can sign in with it now.').waitFor();
    await lock.present(false);
    await ada.request('PUT', '/api/sign-in/policy', { second_step_roles: ['owner', 'member'] });
    const visitor = await house.newVisitor('Bob at home');
    visitor.expectConsole(/status of 4|WebSocket/);
    const home = await giveDevice(visitor, { isPresent: false });
    await home.put((await phone.keys())[0]);
    await visitor.goto('/sign-in');
    await fillIn(visitor.page, bob);
    await visitor.page.getByRole('heading', { name: 'Second step' }).waitFor();
    await visitor.page.getByText('Now your passkey.').waitFor();
    assert.equal(await visitor.page.getByLabel('Code').count(), 0);
    await visitor.inspect('sign-in-passkey-second');
    await home.present(true);
    await visitor.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await visitor.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    assert.equal((await visitor.request('GET', '/api/me')).id, bob.me.id);
    await ada.request('PUT', '/api/sign-in/policy', { second_step_roles: [] });
    // The counter of the copy at home went on; the phone goes on from there.
    await phone.clear();
    await phone.put((await home.keys())[0]);
  });

  await t.test('it shows in place of the password that it is still the same person', async () => {
    await bob.goto('/settings/sessions');
    await page.getByRole('button', { name: 'Set up an app' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set up an app' });
    await bob.inspect('proof-by-passkey');
    await dialog.getByRole('button', { name: 'Show a passkey' }).click();
    await page.getByRole('img', { name: 'QR code for the app' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByRole('dialog').getByText('You have shown that it is you.').waitFor();
    await bob.inspect('erase-me-proven');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  });

  await t.test('it is removed, and then opens nothing', async () => {
    await page.getByRole('button', { name: 'Remove My phone' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove the passkey My phone?' });
    await bob.inspect('passkey-remove');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Remove it from your device too.').waitFor();
    await phone.present(false);
    await bob.goto('/healthz');
    await bob.request('DELETE', '/api/sessions/current');
    await bob.goto('/sign-in');
    await phone.present(true);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('alert').filter({ hasText: 'Try another one, or another way in.' }).first().waitFor();
    await bob.inspect('sign-in-passkey-removed');
    await phone.clear();
    await fillIn(page, bob);
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  });
});
