/** What the weeks were like: mine for me alone, a team's from enough people on, in sentences and a table. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general } from './talk.mjs';

test('numbers', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });

  await t.test('my weeks stand in sentences, and in a table for whoever does not see bars', async () => {
    const { page } = bob;
    await bob.goto('/settings/numbers');
    const mine = page.getByRole('region', { name: 'Your weeks' });
    await mine.getByText('No meetings yet.').waitFor();
    await mine.getByText('Nothing interrupted it.').waitFor();
    await mine.getByText('nobody else is shown this').waitFor();
    const table = mine.getByRole('table', { name: 'Time in meetings, week by week' });
    assert.ok((await table.getByRole('row').count()) > 1, 'one row for each week that is still known');
    await bob.inspect('numbers-mine');
  });

  await t.test('a week before this one is chosen with the keyboard', async () => {
    const { page } = bob;
    const week = page.getByRole('region', { name: 'Your weeks' }).getByLabel('Week');
    await week.focus();
    const first = await week.inputValue();
    await page.keyboard.press('ArrowDown');
    assert.notEqual(await week.inputValue(), first);
  });

  await t.test('of a team nothing is there before a week is over, and who may not raise is not asked', async () => {
    const team = bob.page.getByRole('region', { name: 'Your teams’ weeks' });
    await team.getByText('The first week shows up here when it is over.').waitFor();
    assert.equal(await bob.page.getByRole('button', { name: 'Raise' }).count(), 0);
  });

  await t.test('what is about a few says from how many people on it is shown', async () => {
    const { page } = bob;
    const figures = { live_minutes_per_person: 190, live_outside_percent: 10, upper_half_burden_percent: 65, answered_in_time_percent: 85, n_interruptions: 0, n_sent_outside_hours: 20, held_percent: 75, n_urgent: 5, not_urgent_percent: null };
    const weeks = [{ week: '2026-11-16', figures: null }, { week: '2026-11-09', figures }, { week: '2026-11-02', figures: { ...figures, live_minutes_per_person: 60 } }];
    const body = { k: 5, can_raise: false, teams: [{ id: channel.space_id, kind: 'workspace', name: '', weeks }] };
    await page.route('**/api/numbers/team', (route) => route.fulfill({ json: body }));
    await bob.goto('/settings/numbers');
    const team = page.getByRole('region', { name: 'Your teams’ weeks' });
    await team.getByText('Shown from 5 people on').waitFor();
    await bob.inspect('numbers-hidden');
    await team.getByLabel('Week').selectOption('2026-11-09');
    await team.getByText('85% came by when they were expected.').waitFor();
    await team.getByText('The half that bears most bears 65% of them.').waitFor();
    assert.equal(await team.getByRole('table').getByRole('row').count(), 3, 'the weeks that are shown, and the head');
    await bob.inspect('numbers-team');
    await page.unroute('**/api/numbers/team');
  });

  await t.test('what cannot be loaded says so, and comes with another try', async () => {
    const { page } = bob;
    bob.expectConsole(/status of 503/);
    let isDown = true;
    const refusal = { status: 503, contentType: 'application/problem+json', json: { type: '/problems/unavailable', title: 'Not now', status: 503, detail: 'In a moment.' } };
    await page.route('**/api/numbers/mine', (route) => (isDown ? route.fulfill(refusal) : route.continue()));
    await bob.goto('/settings/numbers');
    const mine = page.getByRole('region', { name: 'Your weeks' });
    const again = mine.getByRole('button', { name: 'Try again' });
    await again.waitFor({ timeout: 30_000 });
    isDown = false;
    await again.click();
    await mine.getByText('No meetings yet.').waitFor();
    await page.unroute('**/api/numbers/mine');
  });

  await t.test('an administrator raises how many people a number is about, and is told that it stays', async () => {
    const { page } = ada;
    await ada.goto('/settings/numbers');
    const raise = page.getByRole('button', { name: 'Raise', exact: true });
    await raise.waitFor();
    assert.equal(await raise.isDisabled(), true);
    await page.getByLabel('At least').fill('4');
    assert.equal(await raise.isDisabled(), true, 'it is never lowered');
    await page.getByLabel('At least').fill('8');
    await raise.click();
    const dialog = page.getByRole('dialog', { name: 'Raise it to 8?' });
    await ada.inspect('numbers-raise');
    await dialog.getByRole('button', { name: 'Raise' }).click();
    await page.getByText('About 8 people or more, rounded').waitFor();
    assert.equal((await ada.request('GET', '/api/numbers/team')).k, 8);
  });
});
