/** Signing in by another server, against a real one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { openIssuer } from './issuer.mjs';
import { general } from './talk.mjs';

test('sign-in by OpenID Connect', async (t) => {
  const issuer = await openIssuer(t);
  const house = await openHouse(t, {
    ANTIPHON_SIGNIN_OIDC_ISSUER: issuer.url,
    ANTIPHON_SIGNIN_OIDC_NAME: 'Riverside School',
    ANTIPHON_SIGNIN_OIDC_CLIENT_ID: 'antiphon',
    ANTIPHON_SIGNIN_OIDC_CLIENT_SECRET: 'a secret of the two',
    ANTIPHON_SIGNIN_OIDC_ALLOW_PRIVATE: 'true',
  });
  issuer.serve(house.url);
  house.neighbours.push(issuer.url);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  bob.expectConsole(/status of (401|403)|WebSocket/);
  const bobThere = { sub: 'bob-17', email: bob.email, email_verified: true, name: 'Bob Frost' };

  async function signIn(visitor) {
    visitor.expectConsole(/status of (401|403)|WebSocket/);
    await visitor.goto('/sign-in?next=/people');
    await visitor.page.getByRole('button', { name: 'Sign in with Riverside School' }).click();
  }

  await t.test('a mail address alone opens no account', async () => {
    issuer.person = bobThere;
    const visitor = await house.newVisitor('Bob, not tied yet');
    await visitor.goto('/sign-in');
    await visitor.page.getByRole('button', { name: 'Sign in with Riverside School' }).waitFor();
    await visitor.inspect('sign-in-oidc');
    await signIn(visitor);
    await visitor.page.getByRole('heading', { name: 'Your account is not tied to that yet' }).waitFor();
    await visitor.inspect('oidc-unlinked');
  });

  await t.test('an account is tied after its password was shown', async () => {
    const { page } = bob;
    await bob.goto('/settings/sessions');
    await page.getByRole('button', { name: 'Connect with Riverside School' }).click();
    await bob.inspect('oidc-link');
    await page.getByRole('dialog').getByLabel('Current password').fill(bob.password);
    await page.getByRole('dialog').getByRole('button', { name: 'Next' }).click();
    await page.waitForURL(/\/settings\/sessions/);
    await page.getByRole('list', { name: 'Other server' }).getByText('Riverside School').waitFor();
    await bob.inspect('oidc-linked');
  });

  await t.test('and then opened by it, leading to where one was going', async () => {
    const visitor = await house.newVisitor('Bob elsewhere');
    await signIn(visitor);
    await visitor.page.waitForURL((url) => url.pathname === '/people');
    const me = await visitor.request('GET', '/api/me');
    assert.equal(me.id, bob.me.id);
  });

  await t.test('a stranger comes in by an invitation only', async () => {
    issuer.person = { sub: 'carla-3', email: 'carla@school.example', email_verified: true, name: 'Carla Jung' };
    const carla = await house.newVisitor('Carla Jung');
    await signIn(carla);
    await carla.page.getByRole('heading', { name: 'Nobody here knows you by that' }).waitFor();
    const invitation = await ada.request('POST', '/api/invitations', {
      role: 'member', space_id: channel.space_id, channel_ids: [], max_uses: 1, expires_in_s: 3600,
    });
    await carla.goto(invitation.url);
    await carla.page.getByRole('button', { name: 'Join with Riverside School' }).waitFor();
    await carla.inspect('join-oidc');
    await carla.page.getByRole('button', { name: 'Join with Riverside School' }).click();
    await carla.page.waitForURL((url) => url.origin === house.url && !/^\/(sign-in|join)/.test(url.pathname));
    const me = await carla.request('GET', '/api/me');
    assert.deepEqual([me.name, me.email, me.role], ['Carla Jung', 'carla@school.example', 'member']);
  });

  await t.test('in place of the password one shows there that it is still oneself', async () => {
    issuer.person = bobThere;
    const { page } = bob;
    await bob.goto('/settings/sessions');
    await page.getByRole('button', { name: 'Erase my account' }).click();
    const asking = page.getByRole('dialog', { name: 'Erase your account?' });
    await asking.getByLabel('Current password').waitFor();
    await bob.inspect('erase-me-oidc');
    await asking.getByRole('button', { name: 'Show it at Riverside School' }).click();
    await page.waitForURL((url) => url.origin === house.url && url.pathname === '/settings/sessions');
    await page.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByText('You have shown that it is you.').waitFor();
    await asking.getByRole('button', { name: 'Erase', exact: true }).click();
    // Whoever is not there any more is led there twice at once: by the deed, and by what the page asks for meanwhile.
    await eventually(() => new URL(page.url()).pathname === '/sign-in', 'the account is gone');
    await page.getByRole('button', { name: 'Sign in with Riverside School' }).click();
    await page.getByRole('heading', { name: 'Nobody here knows you by that' }).waitFor();
  });
});
