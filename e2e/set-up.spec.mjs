/** A stranger with a fresh machine opens the link that the server printed, and has a workspace and somebody to talk to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { message, say } from './talk.mjs';

test('from the set-up link to a talk of two', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newVisitor('Ada Lovelace');
  const bob = await house.newVisitor('Bob Frost');
  let invitation = '';

  await t.test('the first owner sets up the workspace and sees the first channel', async () => {
    const { page } = ada;
    await page.goto(house.setupLink);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await ada.inspect('set-up');

    await page.getByRole('button', { name: 'Set up' }).click();
    assert.equal(await page.getByText('This is needed.').count(), 4);
    await page.getByLabel('Name of the workspace').fill('Analytical Society');
    await page.getByLabel('Your name').fill('Ada Lovelace');
    await page.getByLabel('Mail address').fill('ada@example.org');
    await page.getByLabel('Password', { exact: true }).fill('a long enough password');
    await page.getByRole('button', { name: 'Set up' }).click();

    await page.waitForURL(/\/c\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { name: /general/ }).waitFor();
  });

  await t.test('the first visit asks three things and never again', async () => {
    const { page } = ada;
    await page.getByRole('dialog', { name: 'How shall we call you?' }).waitFor();
    await ada.inspect('first-visit');
    await page.getByLabel('How to say it').fill('AY-da');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('dialog', { name: 'Your face and your clock' }).waitFor();
    await ada.inspect('first-visit-2');
    await page.getByRole('button', { name: 'Next' }).click();
    const hours = page.getByRole('dialog', { name: 'When do you work?' });
    assert.equal(await hours.getByLabel('From').inputValue(), '09:00');
    await hours.getByLabel('Until').fill('16:30');
    await ada.inspect('first-visit-3');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await ada.inspect('first-channel');
    await page.reload();
    await page.getByRole('heading', { name: /general/ }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);
    const { hours: kept } = await ada.request('GET', '/api/hours');
    assert.deepEqual(kept.work.map(({ to_min }) => to_min), [990, 990, 990, 990, 990]);
  });

  await t.test('the owner makes an invitation in the settings', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Analytical Society', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Invite people' }).click();
    await page.getByText('No invitation is open.').waitFor();
    await ada.inspect('invitations-empty');
    await page.getByRole('button', { name: 'Invite people' }).click();
    await page.getByLabel('Into the space').selectOption({ label: 'Analytical Society' });
    await ada.inspect('invite');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = page.getByLabel('Invitation link');
    await link.waitFor();
    invitation = await link.inputValue();
    assert.match(invitation, new RegExp(`^${house.url}/join/`));
    await ada.inspect('invitation-made');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Member in Analytical Society').waitFor();
    await ada.inspect('invitations');
  });

  await t.test('a second person joins with it in another browser', async () => {
    const { page } = bob;
    await page.goto(invitation);
    await page.getByRole('heading', { name: 'Join Analytical Society' }).waitFor();
    await bob.inspect('join');
    await page.getByLabel('Your name').fill('Bob Frost');
    await page.getByLabel('Mail address').fill('bob@example.org');
    await page.getByLabel('Password', { exact: true }).fill('another long password');
    await page.getByRole('button', { name: 'Join' }).click();
    await page.waitForURL(/\/c\/[0-9a-f-]{36}/);
    await page.getByRole('dialog', { name: 'How shall we call you?' }).waitFor();
    for (let step = 1; step <= 3; step += 1) await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: /general/ }).waitFor();
  });

  await t.test('and they talk, live in both browsers', async () => {
    await ada.page.getByText('No invitation is open.').waitFor();
    await ada.page.getByRole('link', { name: 'Spaces', exact: true }).click();
    await say(ada.page, 'Welcome, Bob');
    await message(bob.page, 'Welcome, Bob').waitFor();
    await say(bob.page, 'Good to be here');
    await message(ada.page, 'Good to be here').waitFor();
  });

  await t.test('the invitation and the set-up link are used up', async () => {
    const stranger = await house.newVisitor('stranger');
    stranger.expectConsole(/status of 4\d\d/);
    for (const link of [invitation, house.setupLink]) {
      await stranger.goto(link);
      await stranger.page.getByRole('heading', { level: 1 }).waitFor();
      assert.equal(await stranger.page.getByLabel('Your name').count(), 0);
    }
    await stranger.inspect('set-up-used');
  });
});
