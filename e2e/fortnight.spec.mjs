/**
 * A team of six in six zones lives a fortnight, in six browsers, on a clock that is moved: posts, questions, holidays, a change
 * of the clocks, an outage at three in the night, meetings, somebody back from leave. What reached whom when is counted at its
 * end by a reckoning of its own, which knows nothing of ours.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { faketime, moment, openClock, wallOf } from './clock.mjs';
import { eventually, openHouse } from './harness.mjs';
import { openPushService } from './pushService.mjs';
import { field, general, message, newId, open, post } from './talk.mjs';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const line = (weekday, from_min, to_min) => ({ weekday, from_min, to_min });
const office = {
  work: [1, 2, 3, 4, 5].map((weekday) => line(weekday, 540, 1020)),
  quiet: null, focus: [], focus_allowed: [], days_off: [], holidays: null, holidays_worked: [], profile: 'three_times', urgent_rings: false,
};

/** `off`: days on which they do not work, as anybody's calendar has them. */
const team = [
  { name: 'Ana', zone: 'Europe/Lisbon', off: [], hours: { focus: [line(2, 600, 720), line(4, 600, 720)], profile: 'live' } },
  { name: 'Ben', zone: 'America/Los_Angeles', off: [], hours: { profile: 'hourly' } },
  { name: 'Cem', zone: 'Europe/Istanbul', off: ['2027-03-17'], hours: { holidays: 'IE' } },
  {
    name: 'Dee', zone: 'Asia/Kolkata', off: ['08', '09', '10', '11', '12', '13', '14'].map((day) => `2027-03-${day}`),
    hours: { days_off: [{ first: '2027-03-08', last: '2027-03-14', note: '' }] },
  },
  { name: 'Eli', zone: 'Australia/Adelaide', off: ['2027-03-08'], hours: { holidays: 'AU-SA', profile: 'morning' } },
  { name: 'Fay', zone: 'America/New_York', off: [], hours: { profile: 'live' } },
];
const mondays = ['2027-03-08', '2027-03-15'];

/** Whether they are at work: Monday to Friday, nine to five on their own wall clock. */
function works({ zone, off }, at) {
  const [day, time] = wallOf(at, zone).split('T');
  const weekday = new Date(`${day}T00:00Z`).getUTCDay();
  return weekday > 0 && weekday < 6 && !off.includes(day) && time >= '09:00' && time < '17:00';
}

/** Whether they have said that they think at this hour. */
function thinks({ zone, hours }, at) {
  const [day, time] = wallOf(at, zone).split('T');
  const weekday = new Date(`${day}T00:00Z`).getUTCDay();
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return (hours.focus ?? []).some((focus) => focus.weekday === weekday && focus.from_min <= minute && minute < focus.to_min);
}

/** Reads rows as the operator could, by a program that stays: `rows(sql)` gives them as arrays. */
function openRows(t, house) {
  const program = `import sqlite3,sys,json
base=sqlite3.connect(sys.argv[1],timeout=20,isolation_level=None)
for line in sys.stdin:
  print(json.dumps([[value.hex() if isinstance(value,bytes) else value for value in row] for row in base.execute(json.loads(line))]),flush=True)`;
  const reader = spawn('python3', ['-c', program, join(house.folder, 'data/antiphon.db')], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => reader.kill());
  const lines = createInterface(reader.stdout)[Symbol.asyncIterator]();
  return async (sql) => {
    reader.stdin.write(`${JSON.stringify(sql.replaceAll('\n', ' '))}\n`);
    return JSON.parse((await lines.next()).value);
  };
}

test('a fortnight', { skip: faketime ? false : 'libfaketime is not installed' }, async (t) => {
  const clock = await openClock(t, moment('2027-03-07T20:00', 'UTC'));
  const service = await openPushService(t, clock.now);
  const house = await openHouse(t, { ANTIPHON_OUTBOUND_ALLOWED: service.host, ...clock.settings });
  const owner = await house.newOwner();
  const channel = await general(owner);
  for (const mate of team) {
    const person = await house.newPerson(mate.name, { spaceId: channel.space_id, timezoneId: mate.zone });
    mate.person = person;
    await clock.bind(person);
    const { revision } = await person.request('GET', '/api/hours');
    await person.request('PUT', '/api/hours', { hours: { ...office, ...mate.hours }, revision });
    await person.request('PUT', '/api/push/device', { ...service.subscription, endpoint: `http://${service.host}/${mate.name}` });
  }
  const [ana, ben, cem, dee, eli, fay] = team;
  await ana.person.request('PUT', `/api/spaces/${channel.space_id}/urgent-consent`, {});
  const card = ({ person }, text) => message(person.page, text).getByRole('group', { name: 'Urgent' });
  const banner = ({ person }) => person.page.getByRole('region', { name: 'Somebody calls you' });
  const asked = [];
  const rows = openRows(t, house);

  /** Where something waits for its time; what the server has begun stands in `push`. */
  const waiting = `select release_at as at from notice where state = 'held' union all select due_at from scheduled_post where failed_at is null
    union all select due_at from push union all select run_at from job where kind like 'urgent%' or kind like 'notify%'`;
  const next = () => rows(`select min(at), (select count(*) from push where state = 'handed') from (${waiting})`).then(([[at, n]]) => ({ at: at === null ? Infinity : Math.ceil(at / 1000), n }));

  /** What is due by now is done: told, posted, called. */
  async function settle() {
    const now = clock.now();
    const isDone = async () => {
      const { at, n } = await next();
      return at > now && n === 0;
    };
    await eventually(isDone, `what is due at ${new Date(now).toISOString()} is done`, 15_000);
  }

  /**
   * The clock goes to a moment, and stops wherever something waits for its time on the way: also who a message calls is decided
   * a moment after it was said, and would be decided hours late.
   */
  async function until(end) {
    for (;;) {
      const at = Math.min(end, (await next()).at);
      if (at > clock.now()) await clock.set(at);
      await settle();
      if (at >= end) return;
    }
  }

  const ask = async (by, of, text) => {
    const asks = { message: { id: newId(), text }, ask: { kind: 'question', people: [of.person.me.id] } };
    const { ask } = await by.person.request('POST', `/api/channels/${channel.id}/asks`, asks);
    asked.push({ by, of, at: clock.now(), due: ask.due });
  };
  const answerAll = async ({ person }) => {
    const { items } = await person.request('GET', '/api/asks?side=on_me');
    for (const { ask } of items) await person.request('POST', `/api/channels/${ask.channel_id}/messages/${ask.message_id}/ask/moves`, { move: 'answer' });
  };

  /** Every working day each asks another one at ten and answers at four, on their own clocks. */
  const life = [];
  for (let day = 0; day < 14; day++) {
    const date = new Date(Date.UTC(2027, 2, 8 + day)).toISOString().slice(0, 10);
    for (const [idx, mate] of team.entries()) {
      const [ten, four] = ['10:05', '16:00'].map((time) => moment(`${date}T${time}`, mate.zone));
      if (!works(mate, ten)) continue;
      const other = team[(idx + 1 + (day % 5)) % team.length];
      life.push({ at: ten, what: () => ask(mate, other, `What do you think of plan ${day}?`) }, { at: four, what: () => answerAll(mate) });
    }
  }
  life.sort((a, b) => a.at - b.at);
  /** They close the app: from now on only their browser can be told. */
  const leave = (...mates) => Promise.all(mates.map(({ person }) => person.page.goto('about:blank')));
  /** Everybody lives on until this moment. */
  async function live(wall, zone) {
    const end = moment(wall, zone);
    while (life.length > 0 && life[0].at <= end) {
      const { at, what } = life.shift();
      await until(at);
      await what();
    }
    await until(end);
  }

  await t.test('Monday: who is asked is asked in their own time, and whoever asks sees by when', async () => {
    await live('2027-03-08T09:30', ana.zone);
    const { page } = ana.person;
    await open(ana.person, channel);
    await field(page).click();
    await page.keyboard.type('@Cem');
    await page.getByRole('option', { name: /Cem/ }).click();
    await page.keyboard.type('which harbour do we take?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.keyboard.press('Escape');
    await field(page).press('Enter');
    // Four working hours from 12:30 in Istanbul are 16:30 there, half past one in Lisbon.
    await message(page, 'which harbour do we take?').getByText(/Waits for Cem by .*13:30/).waitFor();
    await open(cem.person, channel);
    await message(cem.person.page, 'which harbour do we take?').getByText(/Reply by .*16:30/).waitFor();
    await cem.person.inspect('fortnight-asked');
    await message(cem.person.page, 'which harbour do we take?').getByRole('button', { name: 'Reply', exact: true }).click();
    await field(cem.person.page).fill('The northern one.');
    await field(cem.person.page).press('Enter');
    await message(page, 'which harbour do we take?').first().getByText('Answered').waitFor();
  });

  await t.test('who is away for the week is not due before they are back', async () => {
    const { page } = ana.person;
    await field(page).click();
    await page.keyboard.type('@Dee');
    await page.getByRole('option', { name: /Dee/ }).click();
    await page.keyboard.type('could you look at the budget?');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.keyboard.press('Escape');
    await field(page).press('Enter');
    // Four hours of Monday the 15th in Kolkata, 13:00 there, are half past seven in Lisbon.
    await message(page, 'could you look at the budget?').getByText(/Waits for Dee by .*15.*7:30/).waitFor();
    await ana.person.inspect('fortnight-away');
  });

  await t.test('what is written to somebody who sleeps is there when their work begins', async () => {
    const direct = await ana.person.request('POST', '/api/directs', { people: [ben.person.me.id] });
    await open(ana.person, direct);
    const { page } = ana.person;
    await page.getByRole('button', { name: /^Deliver .*09:00 \(their time\)$/ }).waitFor();
    await field(page).fill('The plan is on the table');
    await field(page).press('Enter');
    await page.getByRole('link', { name: /^1 scheduled here/ }).waitFor();
    await live('2027-03-08T08:55', ben.zone);
    await open(ben.person, direct);
    assert.equal(await message(ben.person.page, 'The plan is on the table').count(), 0);
    await live('2027-03-08T09:00', ben.zone);
    await message(ben.person.page, 'The plan is on the table').waitFor();
  });

  /** Minutes that meetings take outside of work. */
  const outside = new Map();
  async function meet(monday) {
    const people = [ana, ben].map(({ person }) => ({ person_id: person.me.id }));
    const window = { from: clock.now() * 1000, to: (clock.now() + 4 * 24 * HOUR) * 1000 };
    const { slots } = await fay.person.request('POST', '/api/meetings/slots', { aim: 'decide', minutes: 30, people, ...window });
    const at = slots[0].starts_at / 1000;
    const time = { starts: wallOf(at, fay.zone), minutes: 30, time_zone: fay.zone };
    await fay.person.request('POST', '/api/meetings', { id: newId(), words: { title: `Plan the week of ${monday}`, aim: 'decide', agenda: ['Next'] }, time, people });
    for (const mate of [ana, ben, fay]) {
      const minutes = Array.from({ length: 30 }, (_, idx) => at + idx * MINUTE).filter((minute) => !works(mate, minute)).length;
      outside.set(mate, (outside.get(mate) ?? 0) + minutes);
    }
  }

  await t.test('a meeting of three coasts stands in everybody’s week, on their own clock', async () => {
    await live('2027-03-08T14:00', fay.zone);
    await meet(mondays[0]);
    for (const mate of [ana, ben]) {
      await mate.person.goto('/schedule');
      await mate.person.page.getByRole('button', { name: /Plan the week.*to answer/s }).click();
      const dialog = mate.person.page.getByRole('dialog', { name: /Plan the week/ });
      await dialog.getByRole('button', { name: 'I come' }).click();
      await dialog.getByRole('button', { name: 'I come', pressed: true }).or(dialog.getByText(/comes/)).first().waitFor();
      await mate.person.page.keyboard.press('Escape');
    }
    await ben.person.inspect('fortnight-schedule');
    await leave(...team);
  });

  await t.test('while somebody thinks it waits, and whoever writes sees until when', async () => {
    await live('2027-03-09T10:30', ana.zone);
    const direct = await cem.person.request('POST', '/api/directs', { people: [ana.person.me.id] });
    await post(cem.person, direct, 'Once you are through');
    await open(cem.person, direct);
    await message(cem.person.page, 'Once you are through').getByText(/^Held until .*15:00.*|^Held until .*12:00 in Lisbon/).waitFor();
    await ana.person.goto('/inbox');
    await ana.person.page.getByText(/held until/).first().waitFor();
    await live('2027-03-09T12:01', ana.zone);
    await ana.person.page.getByText('Once you are through').first().waitFor();
    await leave(ana, cem);
  });

  await t.test('the second Monday: clocks have changed, and who was away reads what needs them', async () => {
    await live('2027-03-15T09:05', dee.zone);
    const { page } = dee.person;
    await dee.person.goto('/today');
    await page.getByRole('heading', { name: 'Good morning, Dee' }).waitFor();
    const { items } = await dee.person.request('GET', '/api/asks?side=on_me');
    await page.getByRole('region', { name: 'Needs you' }).getByText(`${items.length} asks`).waitFor();
    await dee.person.inspect('fortnight-back');
    await dee.person.goto('/catch-up');
    await page.getByRole('button', { name: '2 minutes' }).click();
    const list = page.getByRole('list', { name: 'Catch up' });
    for (const { text } of items) await list.getByText(text.replace(/^<@[^>]+> /, '')).first().waitFor();
    await dee.person.inspect('fortnight-catch-up');
    await leave(dee);
    await live('2027-03-15T14:00', fay.zone);
    await meet(mondays[1]);
  });

  await t.test('at three in the night an outage wakes who has agreed to it, and nobody else', async () => {
    await live('2027-03-16T03:00', ana.zone);
    await ana.person.goto('/today');
    await open(eli.person, channel);
    await field(eli.person.page).fill('The shop is down');
    await eli.person.page.getByRole('button', { name: 'More ways to send' }).click();
    await eli.person.page.getByRole('menuitem', { name: 'Call somebody now' }).click();
    const dialog = eli.person.page.getByRole('dialog', { name: 'Call somebody now' });
    for (const mate of [ana, cem]) await dialog.getByRole('option', { name: mate.name }).click();
    await dialog.getByText(/^Wakes Ana, .*03:00 there\. They have agreed to it\.$/).waitFor();
    await eli.person.inspect('fortnight-outage');
    await dialog.getByLabel('In one line').fill('No order since two');
    await dialog.getByRole('button', { name: 'Call now' }).click();
    await banner(ana).getByText('Eli calls you:', { exact: true }).waitFor();
    assert.equal(await banner(cem).count(), 0, 'who has not agreed sleeps on');
    await until(clock.now() + 4 * MINUTE);
    await banner(ana).getByRole('button', { name: 'I take it' }).click();
    await card(eli, 'The shop is down').getByText(/^Ana takes it, since /).waitFor();
    await leave(ana, eli);
  });

  await t.test('what nobody takes ends in the open', async () => {
    await live('2027-03-19T15:00', ben.zone);
    await ben.person.request('POST', `/api/channels/${channel.id}/urgents`, {
      id: newId(), message_id: newId(), text: 'The lift is stuck', kind: 'outage', people: [fay.person.me.id],
    });
    await open(ben.person, channel);
    await until(clock.now() + HOUR);
    await card(ben, 'The lift is stuck').getByText(/^Nobody has taken it\./).waitFor();
    await ben.person.inspect('fortnight-nobody');
    await leave(ben);
    await live('2027-03-21T20:00', 'UTC');
  });

  await t.test('the table: nothing in anybody’s quiet, nothing too late', async () => {
    const told = (await rows("select person_id, due_at, urgent, settled_at from notice where state = 'released'")).map(([person, due, urgent, at]) => ({
      mate: team.find((mate) => mate.person.me.id.replaceAll('-', '') === String(person).replaceAll('-', '')), due: due / 1000, isUrgent: urgent === 1, at: at / 1000,
    }));
    const pushed = service.pushes.map(({ path, text, at }) => ({ mate: team.find(({ name }) => path === `/${name}`), title: JSON.parse(text).title, at }));
    const disturbs = (mate, { at }) => !works(mate, at) || thinks(mate, at);
    const table = team.map((mate) => {
      const own = told.filter((one) => one.mate === mate);
      return {
        who: mate.name,
        where: mate.zone,
        told: own.length,
        pushed: pushed.filter((one) => one.mate === mate).length,
        urgent: own.filter(({ isUrgent }) => isUrgent).length,
        'in quiet or focus': own.filter((one) => !one.isUrgent && disturbs(mate, one)).length + pushed.filter((one) => one.mate === mate && !/^Urgent/.test(one.title) && disturbs(mate, one)).length,
        'after it was due': own.filter(({ due, at }) => due > 0 && at > due).length,
        'asked, minutes outside of work': outside.get(mate) ?? 0,
      };
    });
    t.diagnostic(`${asked.length} asks, ${told.length} told, ${pushed.length} pushed`);
    for (const row of [Object.keys(table[0]), ...table.map(Object.values)]) t.diagnostic(`| ${row.join(' | ')} |`);
    assert.ok(told.length > 40 && pushed.length > 20, `they have lived: ${told.length} told, ${pushed.length} pushed`);
    assert.deepEqual(table.map((row) => row['in quiet or focus']), [0, 0, 0, 0, 0, 0]);
    assert.deepEqual(told.filter(({ due, at }) => due > 0 && at > due).map(({ mate, due, at }) => `${mate.name}: due ${new Date(due).toISOString()}, told ${new Date(at).toISOString()}`), []);
    assert.ok(asked.length > 50, `${asked.length} asks`);
    assert.deepEqual(asked.filter(({ due }) => !due), [], 'no ask without a time');
    assert.deepEqual((await rows('select state from urgent order by created_at')).flat(), ['taken', 'nobody']);
    assert.deepEqual(await rows('select urgent_id, person_id, nth from urgent_page group by 1, 2, 3 having count(*) > 1'), [], 'no page twice');
    const burden = [ana, ben, fay].map((mate) => outside.get(mate));
    assert.ok(Math.max(...burden) - Math.min(...burden) <= 30, `${burden}: the burden goes round within one slot`);
  });
});
