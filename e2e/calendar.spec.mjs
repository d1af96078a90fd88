/** Meetings: proposed with what they cost, in everybody's week, answered, moved and called off. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, newId } from './talk.mjs';

/** A weekday next week, as a date: 1 is Monday. */
function nextWeek(weekday) {
  const now = new Date();
  const monday = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - ((now.getUTCDay() + 6) % 7) + 7);
  return new Date(monday + (weekday - 1) * 86_400_000).toISOString().slice(0, 10);
}

test('meetings', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
  await ada.request('PATCH', '/api/me', { time_zone: 'Europe/London' });
  await bob.request('PATCH', '/api/me', { time_zone: 'Asia/Tokyo' });
  await cy.request('PATCH', '/api/me', { time_zone: 'America/New_York' });
  await ada.goto('/');

  await t.test('an empty week says so, and draws whose hours one chooses', async () => {
    const { page } = ada;
    await page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name: 'Schedule' }).click();
    await page.getByText('No meetings this week.').waitFor();
    await page.getByText('Shaded: your working hours', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Whose hours' }).click();
    await page.getByRole('option', { name: 'Bob Frost' }).click();
    await page.getByRole('option', { name: 'Cy Young' }).click();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Shaded: your working hours and those of Bob Frost and Cy Young').waitFor();
    await page.getByText('The hours in words').click();
    await page.getByText(/Bob Frost: .*–/).first().waitFor();
    await ada.inspect('schedule-hours');
  });

  await t.test('a meeting is proposed, with what it costs and whom', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('What should be different after it?').fill('We know who does what until spring.');
    await dialog.getByLabel('Title').fill('Plan the spring');
    await dialog.getByLabel('Agenda').fill('Budget\nWho is away');
    await dialog.getByLabel('Belongs to').selectOption({ label: '#general' });
    await dialog.getByLabel('Day', { exact: true }).fill(nextWeek(2));
    await dialog.getByLabel('Begins').fill('16:00');
    await dialog.getByText(/It costs 1 hr 30 mins? of people’s time\./).waitFor();
    await dialog.getByText('Bob Frost would lose sleep: it is 01:00 there.').waitFor();
    await ada.inspect('meeting-form');
    await dialog.getByRole('switch', { name: 'Bob Frost is needed' }).click();
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Plan the spring/ }).waitFor();
    await ada.inspect('schedule-week');
  });

  await t.test('who is invited sees it at once on their own clock, and answers', async () => {
    const { page } = bob;
    await bob.goto('/schedule');
    await page.getByRole('button', { name: 'The week after' }).click();
    await page.getByRole('button', { name: /Plan the spring.*to answer/s }).click();
    const dialog = page.getByRole('dialog', { name: 'Plan the spring' });
    await dialog.getByText('We know who does what until spring.').waitFor();
    await dialog.getByText(/1:00.*–.*1:30/).waitFor();
    await dialog.getByRole('button', { name: 'I will take part later' }).click();
    await dialog.getByText('takes part later').waitFor();
    assert.equal(await dialog.getByRole('button', { name: 'Move' }).count(), 0);
    await bob.inspect('meeting');
    await ada.page.getByRole('button', { name: /Plan the spring/ }).click();
    await ada.page.getByRole('dialog').getByText('takes part later').waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test('it is moved, and everybody is asked again; then it is called off', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Move', exact: true }).click();
    const move = page.getByRole('dialog', { name: 'Move the meeting' });
    await move.getByLabel('Begins').fill('09:00');
    await move.getByRole('button', { name: 'Move', exact: true }).click();
    await move.waitFor({ state: 'detached' });
    await bob.page.getByRole('button', { name: /Plan the spring.*18:00.*to answer/s }).waitFor();
    await page.getByRole('button', { name: 'Call it off' }).click();
    await page.getByRole('dialog', { name: 'Call this meeting off?' }).getByRole('button', { name: 'Call it off' }).click();
    await bob.page.getByRole('button', { name: /Plan the spring.*called off/s }).waitFor();
    await page.getByText('This meeting was called off.').waitFor();
    await page.keyboard.press('Escape');
  });

  await t.test('what only tells something is asked whether it could be written', async () => {
    const { page } = ada;
    ada.expectConsole(/409/);
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('Title').fill('News');
    await dialog.getByLabel('What it is for').selectOption('inform');
    await dialog.getByText('This can be written.').waitFor();
    await dialog.getByText(/all could have answered by/).waitFor();
    await ada.inspect('meeting-gate');
    await dialog.getByLabel('Day', { exact: true }).fill(nextWeek(2));
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.getByText('This can be written.').waitFor();
    await dialog.getByLabel('If it has to be a meeting: why?').fill('They have never met.');
    await dialog.getByLabel('Agenda').fill('Names');
    await dialog.getByText('This can be written.').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  await t.test('a day without meetings is hatched and refused, with the ways out', async () => {
    const { page } = ada;
    const policy = await ada.request('GET', '/api/time-policy');
    await ada.request('PUT', '/api/time-policy', { ...policy, no_meeting_days: [3] });
    await page.reload();
    await page.getByRole('button', { name: 'Whose hours' }).click();
    await page.getByRole('option', { name: 'Cy Young' }).click();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('button', { name: 'The week after' }).click();
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('Title').fill('On a Wednesday');
    await dialog.getByLabel('Day', { exact: true }).fill(nextWeek(3));
    await dialog.getByLabel('Begins').fill('15:00');
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.getByText('A day without meetings for Cy Young.').waitFor();
    await ada.inspect('meeting-refused');
    await dialog.getByRole('button', { name: 'Ask them' }).click();
    await dialog.waitFor({ state: 'detached' });
    await cy.goto('/schedule');
    await cy.page.getByRole('button', { name: 'The week after' }).click();
    await cy.page.getByRole('button', { name: /On a Wednesday.*waits for consent/s }).click();
    await cy.page.getByText('This time is kept free for you.').waitFor();
    await cy.page.getByRole('button', { name: 'I come' }).click();
    await cy.page.getByText('This time is kept free for you.').waitFor({ state: 'detached' });
    await cy.inspect('meeting-agreed');
  });

  await t.test('by keyboard alone, on a phone as a list of days', async () => {
    const starts = `${nextWeek(4)}T15:00`;
    const body = { id: newId(), words: { title: 'On the phone', aim: 'bond' }, time: { starts, minutes: 45, time_zone: 'Europe/London' }, people: [] };
    await ada.request('POST', '/api/meetings', body);
    const { page } = ada;
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: /On the phone/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'On the phone' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await ada.inspect('schedule-phone');
  });
});
