/** What people declare about their time, and what others see of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { general, message, newId, open, post } from './talk.mjs';

test('hours', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
  await post(bob, channel, 'Here I am');
  const { page } = bob;
  const saved = () => page.getByRole('button', { name: 'Save', exact: true });

  await t.test('a week is written, and the sentence says what it means before it is saved', async () => {
    await bob.goto('/settings/time');
    const week = page.getByRole('group', { name: 'When you work' });
    const monday = week.getByRole('group', { name: 'Monday' });
    await page.getByText(/On Tuesday 21:00 an urgent message would wait until/).waitFor();
    assert.equal(await saved().isDisabled(), true);
    await monday.getByLabel('Monday, from').fill('08:30');
    await monday.getByLabel('Monday, until').fill('12:00');
    await monday.getByRole('button', { name: 'Add hours on Monday' }).click();
    assert.equal(await monday.getByLabel('Monday, from').nth(1).inputValue(), '13:00');
    await monday.getByRole('button', { name: 'As Monday from Monday to Friday' }).click();
    assert.equal(await week.getByLabel('Friday, until').nth(1).inputValue(), '15:00');
    await page.getByText(/On Tuesday 21:00 an urgent message would wait until (Wed )?08:30; others wait until (Wed )?08:30\./).waitFor();
    await page.getByRole('switch', { name: /Urgent messages may ring/ }).click();
    await page.getByText(/On Tuesday 21:00 an urgent message would ring; others wait until/).waitFor();
    await bob.inspect('hours-week');
    await saved().click();
    await eventually(() => saved().isDisabled(), 'it is saved');
    await page.reload();
    assert.equal(await monday.getByLabel('Monday, from').first().inputValue(), '08:30');
  });

  await t.test('quiet of one\'s own, and time to think each week', async () => {
    await page.getByRole('radio', { name: /Hours of my own/ }).check();
    const quiet = page.getByRole('group', { name: 'Quiet' }).last();
    assert.equal(await quiet.getByLabel('Sunday, from').inputValue(), '20:00');
    await quiet.getByText('next day').first().waitFor();
    const focus = page.getByRole('group', { name: 'Time to think, each week' });
    await focus.getByRole('button', { name: 'Add hours on Tuesday' }).click();
    await page.getByRole('button', { name: 'Choose people' }).click();
    await page.getByRole('option', { name: 'Cy Young' }).click();
    await bob.inspect('hours-through');
    await page.getByRole('button', { name: 'Take them' }).click();
    await page.getByText('Cy Young gets through.').waitFor();
    await saved().click();
    await eventually(() => saved().isDisabled(), 'it is saved');
  });

  await t.test('days off have a deputy; holidays come by themselves and can be worked on', async () => {
    await page.getByRole('button', { name: 'Add days' }).click();
    const dialog = page.getByRole('dialog');
    const today = new Date().toLocaleDateString('en-CA');
    const later = new Date(Date.now() + 3 * 86_400_000).toLocaleDateString('en-CA');
    await dialog.getByLabel('First day').fill(later);
    await dialog.getByLabel('Last day').fill(today);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByText('It ends before it begins.').waitFor();
    await dialog.getByLabel('First day').fill(today);
    await dialog.getByLabel('Last day').fill(later);
    await dialog.getByLabel('Note').fill('Surgery');
    await dialog.getByRole('option', { name: 'Cy Young' }).click();
    await bob.inspect('hours-days-off');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Away · Ask Cy Young · Surgery').waitFor();
    await page.getByLabel('Country').selectOption({ label: 'Germany' });
    await page.getByLabel('Region').selectOption({ label: 'Bayern' });
    await page.getByRole('button', { name: 'Show the coming holidays' }).click();
    const unity = page.getByRole('switch', { name: /German Unity Day/ });
    await unity.click();
    await page.getByText(/October.*: you work|you work/).first().waitFor();
    await bob.inspect('hours-holidays');
    await saved().click();
    await eventually(() => saved().isDisabled(), 'it is saved');
  });

  await t.test('others see that somebody is away and whom to ask, and not why', async () => {
    await open(ada, channel);
    await message(ada.page, 'Here I am').getByRole('button', { name: 'Bob Frost' }).first().click();
    const card = ada.page.getByRole('dialog', { name: 'Bob Frost' });
    await card.getByText(/Away until .* Ask Cy Young meanwhile\./).waitFor();
    assert.ok(!(await card.innerText()).includes('Surgery'));
    await ada.inspect('hours-card');
    await ada.page.keyboard.press('Escape');
  });

  await t.test('time to think begins now and ends by hand, on each device', async () => {
    const phone = await cy.newDevice();
    await cy.goto('/settings/time');
    await phone.goto('/settings/time');
    await cy.page.getByRole('button', { name: '90 minutes' }).click();
    await cy.page.getByText(/Focus until/).waitFor();
    await phone.page.getByText(/Focus until/).waitFor();
    await phone.page.getByRole('button', { name: 'End it' }).click();
    await cy.page.getByRole('button', { name: '90 minutes' }).waitFor();
  });

  await t.test('another device\'s hours are not written over', async () => {
    await page.reload();
    const field = page.getByRole('group', { name: 'When you work' }).getByLabel('Monday, from').first();
    await field.fill('07:00');
    const view = await bob.request('GET', '/api/hours');
    // As a device that this page has not heard of yet.
    bob.expectConsole(/ERR_INTERNET_DISCONNECTED|409/);
    await bob.context.setOffline(true);
    const other = await bob.newDevice();
    await other.request('PUT', '/api/hours', { hours: { ...view.hours, profile: 'morning' }, revision: view.revision });
    await bob.context.setOffline(false);
    await page.getByText('Your hours were changed on another device.').waitFor();
    assert.equal(await field.inputValue(), '07:00', 'what was being written stays');
    await bob.inspect('hours-changed');
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await eventually(() => page.getByRole('radio', { name: /In the morning/ }).isChecked(), 'the newer hours are shown');
  });

  await t.test('the workspace has hours and days without meetings', async () => {
    await ada.goto('/settings/workspace');
    const part = ada.page.getByRole('region', { name: 'Hours of the workspace' });
    await part.getByRole('switch', { name: 'Wednesday' }).click();
    await part.getByLabel('Country').selectOption({ label: 'Portugal' });
    await part.getByRole('button', { name: 'Save' }).click();
    await ada.page.getByText('Saved.').waitFor();
    await ada.inspect('hours-policy');
    const mine = await ada.request('GET', '/api/hours');
    assert.equal(mine.hours.holidays, 'PT');
    await ada.goto('/settings/audit');
    await ada.page.getByText(/changed the hours of the workspace/).waitFor();
  });

  await t.test('a topic shows when those in it are around, on the reader\'s own clock', async () => {
    const topic = await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'A time to talk', message: { id: newId(), text: 'When do we talk?' } });
    const daily = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_min: 0, to_min: 1440 }));
    for (const person of [ada, cy]) {
      await person.request('POST', `/api/channels/${channel.id}/messages`, { id: newId(), text: 'Any time', topic_id: topic.id });
      const view = await person.request('GET', '/api/hours');
      await person.request('PUT', '/api/hours', { hours: { ...view.hours, work: daily, holidays: null, days_off: [] }, revision: view.revision });
    }
    await ada.goto(`/c/${channel.id}/t/${topic.id}`);
    const part = ada.page.locator('[data-around]');
    await part.getByText('Cy Young').waitFor();
    await part.getByText(/All of you are there until/).waitFor();
    await ada.inspect('hours-around-topic');
    await bob.request('POST', `/api/channels/${channel.id}/messages`, { id: newId(), text: 'Not I', topic_id: topic.id });
    const view = await bob.request('GET', '/api/hours');
    await bob.request('PUT', '/api/hours', { hours: { ...view.hours, work: [] }, revision: view.revision });
    await ada.page.reload();
    await part.getByText('No hour of this week suits all 3 of you. Writing fits better than talking.').waitFor();
    await part.getByText(/^Away/).waitFor();
    await ada.inspect('hours-around-never');
  });

  await t.test('and so does what there is to know about a channel', async () => {
    await ada.goto(`/c/${channel.id}?about=true`);
    const part = ada.page.getByRole('region', { name: 'When people are around' });
    await part.getByText('Bob Frost').waitFor();
    await ada.inspect('hours-around');
  });
});
