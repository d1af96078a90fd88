/** Meetings with people outside: invited by mail, answered on a small page, heard of changes; read by a calendar of another. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dayOfWeek } from './clock.mjs';
import { eventually } from './harness.mjs';
import { linkIn, openHouseWithMail } from './relay.mjs';
import { general, newId, open } from './talk.mjs';

/** Python with parsers that know nothing of ours; scripts/setup.sh installs it. */
const parser = [process.env.ANTIPHON_TEST_ICALENDAR, join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'antiphon/icalendar/bin/python')].find((path) => path && existsSync(path));
const READ = `
import sys, json, email, email.policy, icalendar, recurring_ical_events
letter = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
assert not letter.defects, letter.defects
parts = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
part, = parts
calendar = icalendar.Calendar.from_ical(part.get_content())
assert not calendar.errors, calendar.errors
events = calendar.walk("VEVENT")
first = events[0]
print(json.dumps({
  "method": [part.get_content_type(), part["content-type"].params["method"], str(calendar["METHOD"])],
  "kinds": [one.get_content_type() for one in letter.walk()],
  "headers": sorted(set(letter.keys())),
  "uids": sorted({str(event["UID"]) for event in events}),
  "sequence": int(first["SEQUENCE"]),
  "summary": str(first["SUMMARY"]),
  "organizer": [str(first["ORGANIZER"]), str(first["ORGANIZER"].params["CN"])],
  "attendee": [str(first["ATTENDEE"]), str(first["ATTENDEE"].params["CN"]), str(first["ATTENDEE"].params["PARTSTAT"])],
  "starts": [event["DTSTART"].dt.timestamp() for event in recurring_ical_events.of(calendar).between((2020, 1, 1), (2040, 1, 1))],
}))
`;
const read = ({ text }) => JSON.parse(execFileSync(parser, ['-c', READ], { input: text, encoding: 'utf8' }));

/** A weekday in the week after next, as a date: 1 is Monday. */
const weekday = (n) => dayOfWeek(2, n);

test('people outside', async (t) => {
  assert.ok(parser, 'scripts/setup.sh installs the parsers');
  const { house, relay } = await openHouseWithMail(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  await ada.request('PATCH', '/api/me', { time_zone: 'Europe/London' });
  await open(ada, channel);
  const to = (address) => relay.letters.filter((letter) => letter.to.includes(address));
  /** What has changed waits for a minute, in case it changes again. */
  const now = () =>
    execFileSync('python3', ['-c', 'import sqlite3,sys\nbase=sqlite3.connect(sys.argv[1],timeout=20)\nbase.execute("update mail set due_at = due_at - 60000000 where state = \'waiting\'")\nbase.commit()', join(house.folder, 'data/antiphon.db')]);
  let link = '';

  await t.test('somebody outside is invited beside the others', async () => {
    const { page } = ada;
    await ada.goto('/schedule');
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const dialog = page.getByRole('dialog', { name: 'Propose a meeting' });
    await dialog.getByLabel('Title').fill('Visit of the harbour; with all, "together"');
    await dialog.getByLabel('Day', { exact: true }).fill(weekday(2));
    await dialog.getByLabel('Begins').fill('15:00');
    await dialog.getByLabel('People outside').fill('Eve Outside <eve@elsewhere.example>\nnobody');
    ada.expectConsole(/422/);
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.getByText('Line 2: is no mail address').waitFor();
    await ada.inspect('invite-outside');
    await dialog.getByLabel('People outside').fill('Eve Outside <eve@elsewhere.example>');
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(() => to('eve@elsewhere.example').length === 1, 'a letter');
    const [letter] = to('eve@elsewhere.example');
    const said = read(letter);
    assert.deepEqual(said.method, ['text/calendar', 'REQUEST', 'REQUEST']);
    assert.deepEqual(said.kinds, ['multipart/alternative', 'text/plain', 'text/html', 'text/calendar']);
    assert.deepEqual([said.summary, said.sequence], ['Visit of the harbour; with all, "together"', 0]);
    assert.deepEqual(said.organizer, ['mailto:talk@harbour.example', 'Ada Lovelace']);
    assert.deepEqual(said.attendee, ['mailto:eve@elsewhere.example', 'Eve Outside', 'NEEDS-ACTION']);
    assert.equal(said.starts.length, 1);
    link = linkIn(letter, '/invited/');
    assert.ok(link, letter.text);
  });

  await t.test('they answer on a small page, on their own clock, by keyboard', async () => {
    const eve = await house.newVisitor('eve', { timezoneId: 'Asia/Tokyo' });
    const { page } = eve;
    await page.setViewportSize({ width: 360, height: 740 });
    await eve.goto(new URL(link).pathname);
    await page.getByRole('heading', { name: /Visit of the harbour/ }).waitFor();
    await page.getByText(/Ada Lovelace invites you/).waitFor();
    await page.getByText('Asia/Tokyo').waitFor();
    const yes = page.getByRole('button', { name: 'I come' });
    await yes.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/Ada Lovelace sees your answer/).waitFor();
    assert.equal(await yes.getAttribute('aria-pressed'), 'true');
    await eve.inspect('invited');
    await page.reload();
    await page.getByRole('button', { name: 'I come', pressed: true }).waitFor();
    await eve.screenshot('invited-again');
  });

  await t.test('the answer is seen at once, more are invited, and the meeting moves', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: /Visit of the harbour/ }).click();
    const dialog = page.getByRole('dialog', { name: /Visit of the harbour/ });
    const outside = dialog.getByRole('list', { name: 'People outside' });
    await outside.getByText('comes', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Invite people outside' }).click();
    await dialog.getByRole('textbox', { name: /^People outside/ }).fill('paul@elsewhere.example');
    await dialog.getByRole('button', { name: 'Send invitations' }).click();
    await outside.getByText('paul@elsewhere.example').waitFor();
    await ada.inspect('meeting-outside');
    await eventually(() => to('paul@elsewhere.example').length === 1, 'a letter to Paul');
    await dialog.getByRole('button', { name: 'Take paul@elsewhere.example off' }).click();
    await outside.getByText('paul@elsewhere.example').waitFor({ state: 'detached' });
    now();
    await eventually(() => to('paul@elsewhere.example').length === 2, 'another letter to Paul');
    assert.equal(read(to('paul@elsewhere.example')[1]).method[1], 'CANCEL');
    await dialog.getByRole('button', { name: 'Move', exact: true }).click();
    const move = page.getByRole('dialog', { name: 'Move the meeting' });
    await move.getByLabel('Begins').fill('16:30');
    await move.getByRole('button', { name: 'Move', exact: true }).click();
    await move.waitFor({ state: 'detached' });
    await outside.getByText('no answer yet').waitFor();
    now();
    await eventually(() => to('eve@elsewhere.example').length === 2, 'another letter to Eve');
    const [before, after] = to('eve@elsewhere.example').map(read);
    assert.deepEqual(after.uids, before.uids);
    assert.deepEqual([after.method[1], after.sequence, after.starts[0] - before.starts[0]], ['REQUEST', 1, 90 * 60]);
    await page.keyboard.press('Escape');
  });

  await t.test('a link that is none looks as one that ended', async () => {
    const eve = await house.newVisitor('eve again');
    eve.expectConsole(/404/);
    await eve.goto('/invited/nobody');
    await eve.page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await eve.inspect('invited-nothing');
  });

  await t.test('a series is one event that repeats, without the weeks that are left out', async () => {
    const starts = `${weekday(4)}T10:00`;
    const body = { id: newId(), words: { title: 'Every week', aim: 'decide' }, time: { starts, minutes: 30, time_zone: 'Europe/London' }, people: [], guests: [{ address: 'kim@elsewhere.example', name: 'Kim "K; ATTENDEE:x"' }], repeats: { every_weeks: 1, times: 5 } };
    await ada.request('POST', '/api/meetings', body);
    await eventually(() => to('kim@elsewhere.example').length === 1, 'a letter to Kim');
    const first = read(to('kim@elsewhere.example')[0]);
    assert.equal(first.starts.length, 5);
    assert.equal(first.attendee[1], 'Kim \'K; ATTENDEE:x\'');
    const from = Date.parse(`${weekday(4)}T00:00Z`) * 1000;
    const { items } = await ada.request('GET', `/api/meetings?from=${from}&to=${from + 40 * 86_400_000_000}`);
    const third = items.find(({ series }) => series?.n === 3);
    await ada.request('POST', `/api/meetings/${third.id}/cancel`, {});
    now();
    await eventually(() => to('kim@elsewhere.example').length === 2, 'another letter to Kim');
    const second = read(to('kim@elsewhere.example')[1]);
    assert.deepEqual(second.starts, first.starts.filter((at) => at !== third.starts_at / 1e6));
    assert.deepEqual(second.uids, first.uids);
  });

  await t.test('invitations also by mail are chosen in the schedule, and an address is forgotten', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'What I want of meetings' }).click();
    const dialog = page.getByRole('dialog', { name: 'What I want of meetings' });
    await dialog.getByRole('switch', { name: /Invitations also by mail/ }).click();
    await eventually(async () => (await ada.request('GET', '/api/meetings/settings')).by_mail === true, 'it is kept');
    await dialog.getByLabel('Mail address').fill('eve@elsewhere.example');
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
    await dialog.getByText('Nothing is left of this address at any meeting.').waitFor();
    await ada.inspect('meeting-settings');
    const eve = await house.newVisitor('eve forgotten');
    eve.expectConsole(/404/);
    await eve.goto(new URL(link).pathname);
    await eve.page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });
});
