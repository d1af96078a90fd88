/** Administration: who did what, whether all is well, what takes room, and what is set. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { general } from './talk.mjs';

test('an owner looks after the workspace', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const { page } = ada;
  const channel = await general(ada);
  await ada.request('PATCH', `/api/channels/${channel.id}`, { name: 'everybody' });

  await t.test('the audit log says in sentences what was done, and finds it', async () => {
    await ada.goto('/settings/audit');
    const log = page.getByRole('list', { name: 'Audit log' });
    await log.getByRole('listitem').first().getByText(/changed .*general/).waitFor();
    // Names are kept apart from the direction of the sentence by invisible marks.
    await log.getByText(/name: .?general.?, now .?everybody/).waitFor();
    await ada.inspect('audit');
    await page.getByLabel('What about').selectOption({ label: 'Spaces' });
    await eventually(async () => (await log.getByRole('listitem').count()) === 1, 'one space was made');
    await page.getByLabel('Find a name or word').fill('nothing has this name');
    await page.getByText('Nothing of this kind was done.').waitFor();
    await ada.inspect('audit-empty');
    await page.getByRole('button', { name: 'Show everything' }).click();
    await log.getByText(/set the workspace up/).waitFor();
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as CSV' }).click()]);
    assert.equal(saved.suggestedFilename(), 'audit.csv');
    await page.getByLabel('What about').selectOption({ label: 'The audit log itself' });
    await log.getByText(/saved the audit log as a file/).waitFor();
  });

  await t.test('health says what is well and what to look at', async () => {
    await ada.goto('/settings/health');
    await page.getByText('Somebody should look at this.').waitFor();
    const first = page.getByRole('list', { name: 'Health' }).getByRole('listitem').first();
    await first.getByText('No backup is noted.').waitFor();
    await first.getByText('Look at this').waitFor();
    await page.getByText(/SQLite 3/).waitFor();
    await page.getByText('This server sends no mail.').waitFor();
    await ada.inspect('health');
  });

  await t.test('storage shows what takes room, and a limit is set', async () => {
    await ada.goto('/settings/storage');
    await eventually(async () => (await page.getByText('There are no files yet.').count()) === 3, 'spaces, channels and people are empty');
    await page.getByRole('list', { name: 'What takes room' }).getByText('Database').waitFor();
    await ada.inspect('storage');
    await page.getByRole('button', { name: 'Change: Room for the files of one person' }).click();
    const field = page.getByLabel('Gigabytes');
    await field.fill('much');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Type a number.').waitFor();
    await ada.inspect('limit-dialog');
    await field.fill('2.5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('2.5 GB').waitFor();
  });

  await t.test('what is set stands on one page, with what the file says', async () => {
    await ada.goto('/settings/workspace');
    await page.getByText('Deeds that are older are removed for good.').waitFor();
    const keys = page.getByRole('list', { name: 'From the configuration file' });
    const listen = keys.getByRole('listitem').filter({ hasText: 'Address and port at which this server answers.' });
    await listen.getByText('From the environment').waitFor();
    const size = keys.getByRole('listitem').filter({ hasText: 'Greatest size of one file, in bytes.' });
    await size.getByText('By default').waitFor();
    await size.getByText('2147483648').waitFor();
    await listen.scrollIntoViewIfNeeded();
    await ada.inspect('workspace-settings');
  });

  await t.test('invitations are looked at by their state', async () => {
    const invite = () => ada.request('POST', '/api/invitations', { role: 'member', space_id: null, channel_ids: [], max_uses: 1, expires_in_s: 3600 });
    const { id } = await invite();
    await invite();
    await ada.request('DELETE', `/api/invitations/${id}`);
    await ada.goto('/settings/invitations');
    const list = page.getByRole('list', { name: 'Invitations' });
    await list.getByRole('button', { name: 'Revoke' }).waitFor();
    await page.getByLabel('Which').selectOption({ label: 'Revoked' });
    await list.getByRole('listitem').getByText('Revoked', { exact: true }).waitFor();
    await ada.inspect('invitations-revoked');
    await page.getByLabel('Which').selectOption({ label: 'Expired' });
    await page.getByText('None of this kind.').waitFor();
  });

  await t.test('a list that does not come says so and can be asked for again', async () => {
    const refusal = { type: '/problems/forbidden', title: 'Not allowed', status: 403, detail: 'Not now.' };
    const logAddress = /\/api\/audit(\?|$)/;
    ada.expectConsole(/403/);
    await page.route(logAddress, (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) }));
    await ada.goto('/settings/audit');
    await page.getByRole('alert').getByRole('button').waitFor({ timeout: 30_000 });
    await page.unroute(logAddress);
    await page.getByRole('alert').getByRole('button').click();
    await page.getByRole('list', { name: 'Audit log' }).waitFor();
  });
});
