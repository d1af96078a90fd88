/**
 * Takes the pictures of the README: a college at work, on the real server, in docs/images.
 * `ANTIPHON_BIN=target/debug/antiphon CHROMIUM=chromium node --test e2e/pictures.mjs`
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { moment, openClock } from './clock.mjs';
import { openHouse } from './harness.mjs';
import { newId } from './talk.mjs';

const folder = new URL('../docs/images/', import.meta.url).pathname;
const minute = 60_000_000;
const people = {
  noor: ['Noor Aziz', 'Europe/Amsterdam'],
  hannah: ['Hannah Weiss', 'Europe/Berlin'],
  ines: ['Inês Duarte', 'Europe/Lisbon'],
  kwame: ['Kwame Mensah', 'Africa/Accra'],
  priya: ['Priya Raman', 'Asia/Kolkata'],
  omar: ['Omar Haddad', 'Europe/Amsterdam'],
  mateo: ['Mateo Silva', 'America/Sao_Paulo'],
  yuki: ['Yuki Tanabe', 'Asia/Tokyo'],
};
const everybody = Object.keys(people);
const channels = [
  ['announcements', 'announcement', 'What everybody needs to know'],
  ['biology-101', 'public', 'Questions and answers of the course'],
  ['course-redesign', 'public', 'Biology 101, spring intake'],
  ['research-methods', 'public', ''],
  ['staff-room', 'private', ''],
  ['weekend-wins', 'public', ''],
];

test('pictures', async (t) => {
  // A Tuesday morning: nobody works at night in a picture.
  const clock = await openClock(t, moment('2027-02-02T10:20', 'Europe/Amsterdam'));
  const house = await openHouse(t, clock.settings);
  await house.import(history(clock.now() * 1000));
  const noor = await house.newVisitor('Noor Aziz', { timezoneId: 'Europe/Amsterdam' });
  await clock.bind(noor);
  await noor.signUp('/api/setup', { token: house.setupLink.split('/').at(-1), workspace_name: 'Riverside College' });
  const start = await noor.request('GET', '/api/start');
  const channel = (name) => start.channels.find((row) => row.name === name);
  const { items } = await noor.request('GET', '/api/people?limit=50');
  const idOf = (key) => items.find(({ name }) => name === people[key][0]).id;
  const others = await house.newVisitor('others');
  const become = async (key) => {
    const { url } = await noor.request('POST', `/api/people/${idOf(key)}/reset`);
    await others.request('POST', `/api/resets/${url.split('/').at(-1)}`, { password: 'a password for pictures' });
    await others.request('POST', '/api/sessions', { email: `${key}@riverside.example`, password: 'a password for pictures' });
  };
  const say = (row, text, more = {}) => others.request('POST', `/api/channels/${row.id}/messages`, { id: newId(), text, ...more });

  await noor.request('PUT', `/api/channels/${channel('course-redesign').id}/preference`, { favourite: true, position: 1 });
  await noor.request('PUT', `/api/channels/${channel('biology-101').id}/preference`, { favourite: true, position: 2 });
  const direct = (key) => noor.request('POST', '/api/directs', { people: [idOf(key)] });
  const [withInes, withKwame] = [await direct('ines'), await direct('kwame'), await direct('yuki')];
  await become('kwame');
  await say(withKwame, 'Do you have ten minutes for the kit list tomorrow?');
  for (const text of ['The microscopes are back from repair', 'Slides are in the blue box', 'Who takes the Friday group?']) await say(channel('staff-room'), text);
  const [topic] = (await noor.request('GET', `/api/channels/${channel('course-redesign').id}/topics?limit=10`)).items.filter(({ title }) => title.startsWith('Week 4'));
  await noor.request('PUT', `/api/channels/${channel('course-redesign').id}/topics/${topic.id}/follow`);
  await become('ines');
  await say(withInes, 'Thank you for the notes. Very clear.');
  for (let number = 0; number < 2; number += 1) await say(channel('biology-101'), ['Is the lab open on Monday?', `<@${idOf('noor')}> which chapter comes before osmosis?`][number]);
  await become('priya');
  const table = await say(channel('course-redesign'), 'A teaspoon table works. I can add it before Monday.', { topic_id: topic.id });
  const ask = (row, text, by) => {
    const message = { id: newId(), text };
    return others.request('POST', `/api/channels/${row.id}/asks`, { message, ask: { kind: 'question', people: [idOf('noor')], by: moment(by, 'Europe/Amsterdam') * 1000 } });
  };
  await ask(channel('course-redesign'), 'May I add the teaspoon table to the lab sheet?', '2027-02-02T14:00');
  await become('hannah');
  await ask(channel('staff-room'), 'Who takes the group on Friday?', '2027-02-02T16:30');
  const meet = (title, starts, keys) =>
    noor.request('POST', '/api/meetings', {
      id: newId(), words: { title, aim: 'decide', agenda: ['Kit list', 'Who does what'] }, time: { starts, minutes: 45, time_zone: 'Europe/Amsterdam' },
      people: keys.map((key) => ({ person_id: idOf(key) })),
    });
  await meet('Lab planning', '2027-02-02T11:30', ['hannah', 'kwame']);
  await meet('Captions and videos', '2027-02-04T10:00', ['ines', 'priya']);
  await noor.request('PUT', `/api/channels/${channel('course-redesign').id}/messages/${table.id}/reactions/${encodeURIComponent('🙏')}`);

  const take = async (name, { width, height, colorScheme, path, shown = 'article' }) => {
    await noor.page.setViewportSize({ width, height });
    await noor.page.emulateMedia({ colorScheme });
    await noor.goto(path);
    await noor.page.locator(shown).first().waitFor();
    await noor.page.waitForTimeout(1000);
    const notices = noor.page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Close' });
    while ((await notices.count()) > 0) await notices.first().click();
    await noor.page.mouse.move(0, 0);
    await noor.page.evaluate(() => document.activeElement.blur());
    mkdirSync(folder, { recursive: true });
    await noor.page.screenshot({ path: join(folder, `${name}.png`) });
  };
  const path = `/c/${channel('course-redesign').id}`;
  await take('channel-light', { width: 1440, height: 900, colorScheme: 'light', path: `${path}/t/${topic.id}` });
  await take('channel-dark', { width: 1440, height: 900, colorScheme: 'dark', path: `${path}/t/${topic.id}` });
  await take('today', { width: 1440, height: 900, colorScheme: 'light', path: '/today', shown: 'text=Lab planning' });
  await take('schedule', { width: 1440, height: 900, colorScheme: 'light', path: '/schedule', shown: 'text=Lab planning' });
  await take('phone', { width: 390, height: 844, colorScheme: 'light', path });
});

/** A file as docs/import.md describes it. */
function history(now) {
  let ref = 0;
  const says = (channel, author, minutesAgo, text, more = {}) => {
    ref += 1;
    return { type: 'message', ref: `m${ref}`, channel, author, at: now - minutesAgo * minute, text, ...more };
  };
  const reaction = (emoji, ...keys) => ({ emoji, people: keys });
  const day = 24 * 60;
  const origin = says('course-redesign', 'hannah', 190, 'I rewrote the week 4 lab so that it works **at home**, without the microscope kit. Three things changed:\n\n1. potatoes instead of onion cells\n2. a kitchen scale, or teaspoons\n3. photos every ten minutes', {
    reactions: [reaction('🎉', 'ines', 'kwame', 'noor', 'priya'), reaction('🥔', 'omar', 'yuki')],
  });
  const trip = says('course-redesign', 'omar', day + 200, 'Field trip: the river in week 5, or the dunes in week 6?');
  const topic = (key, title, from, more = {}) => ({ type: 'topic', ref: key, channel: 'course-redesign', title, origin: from.ref, ...more });
  return [
    { type: 'workspace', name: 'Riverside College' },
    ...everybody.map((key) => ({ type: 'person', ref: key, name: people[key][0], email: key === 'noor' ? 'noor.aziz@example.org' : `${key}@riverside.example`, time_zone: people[key][1] })),
    { type: 'space', ref: 'college', name: 'Biology department', kind: 'team' },
    ...channels.map(([name, kind, description]) => ({ type: 'channel', ref: name, space: 'college', name, kind, description, members: everybody })),
    topic('t-lab', 'Week 4 lab: osmosis at home', origin),
    topic('t-trip', 'Where does the field trip go?', trip, { state: 'decided', decision: 'The dunes, in week 6. Omar books the bus.' }),
    says('announcements', 'noor', day * 3, 'The spring intake begins on Monday. Welcome to everybody who is new.'),
    says('biology-101', 'mateo', day * 2, 'Chapter 3 is online.'),
    says('course-redesign', 'mateo', day + 320, 'The survey is in: 41 answers. Most ask for *shorter* videos and more time to try things.', { reactions: [reaction('👀', 'hannah', 'noor'), reaction('💡', 'priya')] }),
    trip,
    says('course-redesign', 'kwame', day + 180, 'The dunes. The river is too high in spring.', { topic: 't-trip' }),
    says('course-redesign', 'omar', day + 120, 'Then I book the bus.', { topic: 't-trip' }),
    says('course-redesign', 'priya', day + 60, 'I could not join from Chennai, but the notes made it easy. I added one question about the salt solution.', { reactions: [reaction('👍', 'hannah', 'ines', 'noor')] }),
    origin,
    says('course-redesign', 'ines', 150, 'The safety part is clear now. I would only move the goggles line to the top, students skip the third paragraph.', { topic: 't-lab' }),
    says('course-redesign', 'kwame', 95, 'Agreed. Can we offer a version for people without a kitchen scale? Two of my students asked.', { topic: 't-lab', reactions: [reaction('👍', 'hannah')] }),
    says('course-redesign', 'hannah', 64, 'Yes: a teaspoon of salt is about 6 g. That is close enough for this.', { topic: 't-lab' }),
    says('course-redesign', 'omar', 48, 'Room B12 has a water leak. The 08:30 class on Monday moves to **B20**.', { reactions: [reaction('✅', 'hannah', 'kwame', 'noor', 'ines', 'mateo')] }),
    says('course-redesign', 'noor', 31, 'Thank you, Omar. The timetable says B20 now:\n\n| group | day | room |\n|---|---|---|\n| A | Monday 08:30 | B20 |\n| B | Monday 10:15 | B20 |', { reactions: [reaction('🙏', 'omar', 'hannah')] }),
    says('course-redesign', 'yuki', 12, 'The Japanese captions are ready. I will look at the last two minutes again tomorrow.'),
  ].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}
