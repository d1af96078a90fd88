/** When people can: asked from the fair times of a meeting, answered here and outside, on other clocks, and chosen from. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dayOfWeek } from './clock.mjs';
import { eventually } from './harness.mjs';
import { openHouseWithMail } from './relay.mjs';
import { general, open } from './talk.mjs';

/** Python with parsers that know nothing of ours; scripts/setup.sh installs it. */
const parser = [process.env.ANTIPHON_TEST_ICALENDAR, join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'antiphon/icalendar/bin/python')].find((path) => path && existsSync(path));
const READ = `
import sys, json, email, email.policy, icalendar
letter = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
assert not letter.defects, letter.defects
part, = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
calendar = icalendar.Calendar.from_ical(part.get_content())
assert not calendar.errors, calendar.errors
event, = calendar.walk("VEVENT")
print(json.dumps({
  "method": str(calendar["METHOD"]), "summary": str(event["SUMMARY"]), "attendee": str(event["ATTENDEE"]),
  "starts": event["DTSTART"].dt.timestamp(), "ends": event["DTEND"].dt.timestamp(),
}))
`;
const read = ({ text }) => JSON.parse(execFileSync(parser, ['-c', READ], { input: text, encoding: 'utf8' }));

/** A weekday in the week after next, as a date: 1 is Monday. */
const weekday = (n) => dayOfWeek(2, n);

const phone = { width: 360, height: 740 };
/** What somebody outside says to one time, as the group of that time names it. */
const say = (page, time, choice) => page.getByRole('group', { name: time }).getByRole('radio', { name: choice, exact: true }).check();

test('when people can', async (t) => {
  assert.ok(parser, 'scripts/setup.sh installs the parsers');
  const { house, relay } = await openHouseWithMail(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id, timezoneId: 'Asia/Tokyo' });
  await ada.request('PATCH', '/api/me', { time_zone: 'UTC' });
  await open(ada, channel);
  const to = (address) => relay.letters.filter((letter) => letter.to.includes(address));
  const schedule = (page, name) => page.getByRole('dialog', { name });
  let link = '';

  await t.test('it is asked from the fair times of a meeting, with more by hand', async () => {
    const { page } = ada;
    await ada.goto('/schedule');
    await page.getByText('No meetings this week.').waitFor();
    await page.getByRole('button', { name: 'Propose a meeting' }).click();
    const propose = schedule(page, 'Propose a meeting');
    await propose.getByLabel('Title').fill('Visit of the harbour');
    await propose.getByLabel('What should be different after it?').fill('We know which crane we paint');
    await propose.getByLabel('Day', { exact: true }).fill(weekday(2));
    await propose.getByRole('button', { name: 'Find a fair time' }).click();
    await propose.getByRole('list', { name: 'Fair times' }).waitFor();
    await propose.getByRole('button', { name: 'Ask which of these suits' }).click();
    const ask = schedule(page, 'Ask when people can');
    assert.equal(await ask.getByLabel('Title').inputValue(), 'Visit of the harbour');
    assert.equal(await ask.getByLabel('What it is about').inputValue(), 'We know which crane we paint');
    // The five fair ones become three of one's own.
    for (const n of [5, 4]) await ask.getByRole('button', { name: `Take time ${n} out` }).click();
    for (const [n, day, clock] of [[1, 2, '00:30'], [2, 3, '10:00'], [3, 4, '15:00']]) {
      const line = ask.getByRole('group', { name: `Time ${n}`, exact: true });
      await line.getByLabel('Day', { exact: true }).fill(weekday(day));
      await line.getByLabel('Begins').fill(clock);
    }
    await ask.getByLabel('Answers until').fill(weekday(8));
    
    await page.getByRole('option', { name: 'Bob Frost' }).click();
    ada.expectConsole(/422/);
    await ask.getByRole('button', { name: 'Ask', exact: true }).click();
    await ask.getByText('before the last of the times').waitFor();
    await ask.getByLabel('Answers until').fill(weekday(1));
    await ada.inspect('ask-when');
    await ask.getByRole('button', { name: 'Ask', exact: true }).click();
    const poll = schedule(page, 'Visit of the harbour');
    link = await poll.getByLabel('Link for people outside').inputValue();
    assert.match(link, /\/when\/[\w-]+$/);
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'When people can' }).getByText('0 answers').waitFor();
    await ada.inspect('when-list');
  });

  await t.test('somebody in another zone answers on a phone, on a clock of their choice', async () => {
    const kim = await house.newVisitor('kim', { timezoneId: 'America/Los_Angeles' });
    const { page } = kim;
    await page.setViewportSize(phone);
    await kim.goto(new URL(link).pathname);
    await page.getByRole('heading', { name: 'Visit of the harbour' }).waitFor();
    await page.getByText('We know which crane we paint').waitFor();
    // Half past midnight of Tuesday is Monday in Los Angeles.
    await page.getByRole('group', { name: /Monday.*16:30/ }).waitFor();
    await page.getByLabel('Your time zone').selectOption('Asia/Dubai');
    await page.getByRole('group', { name: /Tuesday.*04:30/ }).waitFor();
    await page.getByLabel('Your name').fill('Kim <b>Outside</b>');
    await page.getByLabel('Mail address (optional)').fill('kim@elsewhere.example');
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByText('Say something to each time.').waitFor();
    await say(page, /Tuesday/, 'I cannot');
    await say(page, /Wednesday/, 'If need be');
    const last = page.getByRole('group', { name: /Thursday/ }).getByRole('radio', { name: 'I can', exact: true });
    await last.focus();
    await page.keyboard.press('Space');
    await kim.inspect('when');
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByText(/Ada Lovelace sees your answer/).waitFor();
    await kim.inspect('when-answered');
    // The same link on the same device, later: another answer of the same person.
    await page.reload();
    await page.getByRole('button', { name: 'Change my answer' }).waitFor();
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Kim <b>Outside</b>');
    await say(page, /Wednesday/, 'I can');
    await page.getByRole('button', { name: 'Change my answer' }).click();
    await page.getByText(/Ada Lovelace sees your answer/).waitFor();
  });

  await t.test('a second one answers beside them, right to left and without an address', async () => {
    const lou = await house.newVisitor('lou', { timezoneId: 'Africa/Cairo', locale: 'ar' });
    const { page } = lou;
    await lou.goto(new URL(link).pathname);
    await page.getByRole('heading', { name: 'Visit of the harbour' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    await page.locator('#name').fill('Lou');
    const times = page.locator('.time');
    assert.equal(await times.count(), 3);
    for (const [idx, choice] of ['maybe', 'yes', 'no'].entries()) await times.nth(idx).locator(`input[value=${choice}]`).check();
    await page.locator('form button[type=submit]').click();
    await page.getByRole('status').waitFor();
    await lou.inspect('when-rtl');
  });

  await t.test('a member answers in the app, beside what their hours say', async () => {
    const { page } = bob;
    await bob.goto('/schedule');
    const list = page.getByRole('region', { name: 'When people can' });
    await list.getByText('to answer').waitFor();
    await list.getByRole('button', { name: /Visit of the harbour/ }).click();
    const poll = schedule(page, 'Visit of the harbour');
    // Midnight in London is half past nine in Tokyo, at work; three in the afternoon is midnight there.
    await poll.getByRole('group', { name: /Tuesday/ }).getByText('in your working hours, 09:30').waitFor();
    await poll.getByText('while you sleep, 00:00').waitFor();
    assert.equal(await poll.getByLabel('Link for people outside').count(), 0);
    await poll.getByRole('group', { name: /Tuesday/ }).getByRole('radio', { name: 'I can', exact: true }).check();
    await poll.getByRole('group', { name: /Wednesday/ }).getByRole('radio', { name: 'I can', exact: true }).check();
    await poll.getByRole('group', { name: /Friday|Thursday/ }).getByRole('radio', { name: 'I cannot' }).check();
    await bob.inspect('poll-member');
    await poll.getByRole('button', { name: 'Send my answer' }).click();
    await poll.getByRole('button', { name: 'Change my answer' }).waitFor();
    assert.equal(await page.getByText('Kim').count(), 0, 'names are not shown');
  });

  await t.test('whoever asks sees it at once and chooses the fairest, with its price', async () => {
    const { page } = ada;
    const list = page.getByRole('region', { name: 'When people can' });
    await list.getByText('3 answers').waitFor();
    await list.getByRole('button', { name: /Visit of the harbour/ }).click();
    const poll = schedule(page, 'Visit of the harbour');
    await poll.getByRole('columnheader', { name: /Kim <b>Outside<\/b>/ }).waitFor();
    const first = poll.getByRole('row').nth(1);
    await first.getByText('fairest').waitFor();
    await first.getByText('3 can, 0 if need be, 0 cannot').waitFor();
    await ada.inspect('poll-grid');
    await first.getByRole('button', { name: /^Choose / }).click();
    const propose = schedule(page, 'Propose a meeting');
    assert.equal(await propose.getByLabel('Title').inputValue(), 'Visit of the harbour');
    assert.equal(await propose.getByLabel('Begins').inputValue(), '10:00');
    await propose.getByText(/It costs/).waitFor();
    await ada.inspect('poll-chosen');
    await propose.getByRole('button', { name: 'Send invitations' }).click();
    await propose.waitFor({ state: 'detached' });
    await eventually(() => to('kim@elsewhere.example').length === 1, 'an invitation');
    const invited = read(to('kim@elsewhere.example')[0]);
    const starts = Date.parse(`${weekday(3)}T10:00Z`) / 1000;
    assert.deepEqual(invited, { method: 'REQUEST', summary: 'Visit of the harbour', attendee: 'mailto:kim@elsewhere.example', starts, ends: starts + 1800 });
  });

  await t.test('the link says what was chosen, and a link that is none says so kindly', async () => {
    const eve = await house.newVisitor('eve', { timezoneId: 'Asia/Tokyo' });
    const { page } = eve;
    await page.setViewportSize(phone);
    await eve.goto(new URL(link).pathname);
    await page.getByText('This time was chosen:').waitFor();
    await page.getByText(/Wednesday.*19:00/).waitFor();
    await eve.inspect('when-chosen');
    eve.expectConsole(/404/);
    await eve.goto('/when/nobody');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    const { page: bobs } = bob;
    await bobs.getByText(/^Chosen: Wednesday/).waitFor();
    await bobs.getByRole('button', { name: 'Open the meeting' }).click();
    await schedule(bobs, 'Visit of the harbour').getByRole('button', { name: 'I come' }).waitFor();
  });

  await t.test('another is closed without a time', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'Ask when people can' }).click();
    const ask = schedule(page, 'Ask when people can');
    await ask.getByLabel('Title').fill('Supper');
    await ask.getByRole('button', { name: 'Ask', exact: true }).click();
    const poll = schedule(page, 'Supper');
    const other = await poll.getByLabel('Link for people outside').inputValue();
    await poll.getByRole('button', { name: 'Close without a time' }).click();
    await schedule(page, 'Close this question?').getByRole('button', { name: 'Close without a time' }).click();
    await poll.getByText('Closed, without a time.').waitFor();
    const eve = await house.newVisitor('eve again');
    await eve.goto(new URL(other).pathname);
    await eve.page.getByText('This question is closed. No time was chosen.').waitFor();
  });
});
