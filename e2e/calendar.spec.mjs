/** Meetings: proposed with what they cost, in everybody's week, answered, moved and called off. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dayOfWeek } from './clock.mjs';
import { eventually, openHouse } from './harness.mjs';
import { general, newId, open } from './talk.mjs';

/** Python with two parsers that know nothing of ours; scripts/setup.sh installs it. */
const parser = [process.env.ANTIPHON_TEST_ICALENDAR, join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'antiphon/icalendar/bin/python')].find((path) => path && existsSync(path));
const READ = `
import sys, json, datetime, icalendar, recurring_ical_events
calendar = icalendar.Calendar.from_ical(sys.stdin.read())
assert not calendar.errors, calendar.errors
when = [datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) for text in sys.argv[1:3]]
events = recurring_ical_events.of(calendar).between(*when)
said = [[str(event["SUMMARY"]), event["DTSTART"].dt.timestamp(), event["DTEND"].dt.timestamp()] for event in events]
print(json.dumps(sorted(said, key=lambda one: (one[1], one[0]))))
`;

/** A weekday next week, as a date: 1 is Monday. */
const nextWeek = (weekday) => dayOfWeek(1, weekday);

/** When the clocks of Europe change next in spring, as a date. */
function lastSundayOfMarch() {
  const now = new Date();
  for (let year = now.getUTCFullYear(); ; year += 1) {
    const last = new Date(Date.UTC(year, 2, 31));
    last.setUTCDate(31 - last.getUTCDay());
    // The series begins two weeks before.
    if (last.getTime() > now.getTime() + 21 * 86_400_000) return last.toISOString().slice(0, 10);
  }
}

function dayFrom(day, n) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
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
  await open(ada, channel);

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
    await dialog.getByText('This server sends no mail, so nobody outside can be invited.').waitFor();
    assert.equal(await dialog.getByLabel('People outside').count(), 0, 'no field that one cannot use');
    await ada.inspect('meeting-form');
    await page.setViewportSize({ width: 360, height: 740 });
    const price = dialog.getByRole('status').filter({ hasText: 'It costs 1 person sleep.' });
    const [said, sends] = await Promise.all([price.boundingBox(), dialog.getByRole('button', { name: 'Send invitations' }).boundingBox()]);
    assert.ok(said.y > 0 && said.y + said.height <= sends.y && sends.y + sends.height <= 740, `on a phone it stands beside the button: ${JSON.stringify([said, sends])}`);
    await page.setViewportSize({ width: 1440, height: 900 });
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

  await t.test('fair times say whom they ask, and one of them is taken', async () => {
    const { page } = ada;
    await page.setViewportSize({ width: 1440, height: 900 });
    await ada.goto('/schedule');
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('Title').fill('In turns');
    await dialog.getByRole('option', { name: 'Bob Frost' }).click();
    await dialog.getByLabel('Day', { exact: true }).fill(nextWeek(4));
    await dialog.getByRole('button', { name: 'Find a fair time' }).click();
    await dialog.getByRole('button', { name: /^Take .* 08:00/ }).first().waitFor();
    await dialog.getByText(/outside working hours/).first().waitFor();
    await ada.inspect('meeting-slots');
    const slots = dialog.getByRole('list', { name: 'Fair times' });
    await slots.getByRole('button').first().click();
    await slots.waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /In turns/ }).waitFor();
  });

  await t.test('a series: each of them, or it and those after it', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('Title').fill('Every Tuesday');
    await dialog.getByRole('option', { name: 'Cy Young' }).click();
    await dialog.getByLabel('Day', { exact: true }).fill(nextWeek(2));
    await dialog.getByLabel('Begins').fill('15:00');
    await dialog.getByLabel('Repeats').selectOption({ label: 'Every week' });
    await dialog.getByLabel('How many times').fill('6');
    await dialog.getByRole('switch', { name: /Take turns/ }).waitFor();
    await ada.inspect('meeting-series');
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.waitFor({ state: 'detached' });
    await cy.goto('/schedule');
    await cy.page.getByRole('button', { name: 'The week after' }).click();
    await cy.page.getByRole('button', { name: /Every Tuesday/ }).click();
    const invited = cy.page.getByRole('dialog', { name: 'Every Tuesday' });
    await invited.getByText(/1 of 6/).waitFor();
    await invited.getByRole('switch', { name: 'Say the same to those after it' }).click();
    await invited.getByRole('button', { name: 'I come', exact: true }).click();
    await cy.inspect('meeting-of-series');
    const micros = (day, n) => (Date.parse(`${day}T00:00:00Z`) + n * 86_400_000) * 1000;
    const ofSeries = async () => (await cy.request('GET', `/api/meetings?from=${micros(nextWeek(1), 0)}&to=${micros(nextWeek(1), 60)}`)).items.filter(({ title }) => title === 'Every Tuesday');
    await eventually(async () => (await ofSeries()).every(({ people }) => people.find(({ person_id }) => person_id === cy.me.id).answer === 'yes'), 'all six are answered');
    assert.equal((await ofSeries()).length, 6);
    const [, second] = await ofSeries();
    await ada.request('POST', `/api/meetings/${second.id}/cancel`, {});
    assert.deepEqual((await ofSeries()).map(({ is_canceled }) => is_canceled), [false, true, false, false, false, false]);
  });

  await t.test('a topic instead of a meeting', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('What should be different after it?').fill('Everybody knows the new office.');
    await dialog.getByLabel('Title').fill('The new office');
    await dialog.getByLabel('What it is for').selectOption('inform');
    await dialog.getByText('Choose a channel it belongs to').waitFor();
    await dialog.getByLabel('Belongs to').selectOption({ label: '#general' });
    await dialog.getByRole('button', { name: 'Begin a topic instead' }).click();
    await page.getByRole('heading', { name: 'The new office' }).waitFor();
    await page.getByText('Everybody knows the new office.').first().waitFor();
  });

  await t.test('a calendar for another program, which two independent parsers read', { skip: !parser && 'no parser of iCalendar is installed' }, async () => {
    const { page } = ada;
    await ada.goto('/schedule');
    await page.getByRole('button', { name: 'What I want of meetings' }).click();
    const dialog = page.getByRole('dialog', { name: 'What I want of meetings' });
    await dialog.getByRole('switch', { name: /I may be asked at night/ }).click();
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const link = await dialog.getByLabel('Secret link').inputValue();
    await ada.inspect('meeting-settings');
    const text = await (await fetch(link)).text();
    const [from, to] = [`${nextWeek(1)}T00:00:00Z`, `${nextWeek(1 + 14)}T00:00:00Z`];
    const read = JSON.parse(execFileSync(parser, ['-c', READ, from, to], { input: text, encoding: 'utf8' }));
    const micros = (iso) => Date.parse(iso) * 1000;
    const { items } = await ada.request('GET', `/api/meetings?from=${micros(from)}&to=${micros(to)}`);
    const said = items.map(({ title, starts_at, ends_at }) => [title, starts_at / 1e6, ends_at / 1e6]);
    assert.ok(said.length >= 4, 'there is something to read');
    // A series over the change of the clocks, one of it called off and one moved: the other program reckons the same.
    const change = lastSundayOfMarch();
    const people = [{ person_id: bob.me.id }];
    const time = { starts: `${dayFrom(change, -13)}T10:00`, minutes: 45, time_zone: 'Europe/London' };
    await ada.request('POST', '/api/meetings', { id: newId(), people, time, words: { title: 'Over the change', aim: 'decide', agenda: ['x'] }, repeats: { every_weeks: 1, times: 6 }, asks: true });
    const window = [`${dayFrom(change, -20)}T00:00:00Z`, `${dayFrom(change, 34)}T00:00:00Z`];
    const series = async () => (await ada.request('GET', `/api/meetings?from=${micros(window[0])}&to=${micros(window[1])}`)).items;
    const [, second, , fourth] = await series();
    await ada.request('POST', `/api/meetings/${second.id}/cancel`, {});
    await ada.request('PATCH', `/api/meetings/${fourth.id}`, { revision: fourth.revision, time: { ...time, starts: `${dayFrom(change, 9)}T11:00` }, asks: true });
    const feed = await (await fetch(link)).text();
    assert.match(feed, /RRULE:FREQ=WEEKLY/);
    const heard = JSON.parse(execFileSync(parser, ['-c', READ, ...window], { input: feed, encoding: 'utf8' }));
    const expected = (await series()).map(({ title, starts_at, ends_at }) => [title, starts_at / 1e6, ends_at / 1e6]);
    assert.equal(expected.length, 6);
    assert.deepEqual(heard, expected);
    assert.deepEqual(read, said.sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)));
    await dialog.getByRole('button', { name: 'End the link' }).click();
    await dialog.getByRole('button', { name: 'Make a link' }).waitFor();
    assert.equal((await fetch(link)).status, 404);
  });

  await t.test('everybody of a group is invited at once', async () => {
    const { page } = ada;
    await page.keyboard.press('Escape');
    const group = await ada.request('POST', '/api/groups', { handle: 'planners', title: 'Planners', space_id: channel.space_id, open: false });
    await ada.request('POST', `/api/groups/${group.id}/members`, { people: [ada.me.id, bob.me.id, cy.me.id] });
    await page.reload();
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('Everybody of a group').selectOption({ label: '@planners' });
    await dialog.getByRole('switch', { name: 'Bob Frost is needed' }).waitFor();
    await dialog.getByRole('switch', { name: 'Cy Young is needed' }).waitFor();
    assert.equal(await dialog.getByRole('switch', { name: / is needed/ }).count(), 2, 'whoever makes it is there anyway');
    await ada.inspect('meeting-group');
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  });

  await t.test('a meeting that is near says so in a line, which goes when it is waved away', async () => {
    const { page } = ada;
    await page.keyboard.press('Escape');
    const time = { starts: new Date(Date.now() + 7 * 60_000).toISOString().slice(0, 16), minutes: 30, time_zone: 'UTC' };
    await ada.request('POST', '/api/meetings', { id: newId(), words: { title: 'In a moment', aim: 'bond' }, time, people: [] });
    const lines = page.getByRole('region', { name: 'Meetings that begin soon' });
    await lines.getByText('In a moment').waitFor();
    await page.reload();
    await lines.getByText(/begins at/).waitFor();
    await ada.inspect('meeting-soon');
    await lines.getByRole('button', { name: 'Hide' }).click();
    await lines.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'What I want of meetings' }).click();
    const dialog = page.getByRole('dialog', { name: 'What I want of meetings' });
    await dialog.getByLabel('Remind me').selectOption({ label: 'Not at all' });
    await eventually(async () => (await ada.request('GET', '/api/meetings/settings')).remind_min === 0, 'it is kept');
    await page.keyboard.press('Escape');
  });
});
