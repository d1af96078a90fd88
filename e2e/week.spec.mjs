/**
 * A class of thirty and their teacher live a week in it: five school days, three of the students on phones whose network
 * goes on and off, the power fails once, a Slack export comes in, a build fails, a transcript goes out, and yesterday's
 * backup is restored on another folder. At the end every acknowledged message is there once, in order, and is found.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually, openHouse } from './harness.mjs';
import { field, message, newId, open, post, say, texts } from './talk.mjs';
import { zip } from './zip.mjs';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const n_phones = 3;
const n_others = 27;
/** Thirty people behind the one address of a school. */
const schoolLimits = { ANTIPHON_LIMITS_SIGN_IN_PER_MINUTE: '600' };
/** For the pairs of a word and a number that no two messages share; the seed makes a failing week come again. */
const random = numbersFrom(Number(process.env.WEEK_SEED ?? 9));

test('a class lives a week in it', async (t) => {
  const house = await openHouse(t, schoolLimits);
  const ada = await house.newOwner();
  ada.expectConsole(/ERR_|WebSocket|Failed to load resource/);
  const { space, homework, lab, news } = await makeClass(ada);
  const students = await enrol(house, ada, space);
  const phones = [];
  for (let idx = 1; idx <= n_phones; idx++) phones.push(await newPhone(house, space, `Phone ${'ABC'[idx - 1]}`));
  const ledger = new Ledger();
  const topics = [];
  let backup;

  for (const day of days) {
    await t.test(day, async () => {
      await ada.request('POST', `/api/channels/${news.id}/messages`, ledger.write(news, `${day}: what we do today`));
      const topic = await ask(ada, homework, `${day}’s question`, ledger);
      topics.push(topic);
      await Promise.all(phones.map((phone) => open(phone, lab)));
      if (day === 'Tuesday') await bringSlackIn(house);
      const lessons = students.map((student, idx) => studyFor(student, idx, { day, lab, homework, topic, ledger }));
      const ways = phones.map((phone, idx) => rideBus(phone, `${day} bus ${idx}`, lab, ledger));
      if (day === 'Wednesday') {
        await pause(200);
        await house.kill();
        await house.start();
      }
      await Promise.all([...lessons, ...ways]);
      if (day === 'Wednesday') await failBuild(ada, lab);
      if (day === 'Thursday') {
        await vote(ada, students, lab);
        backup = join(house.folder, 'thursday');
        execFileSync(process.env.ANTIPHON_BIN, ['backup', backup], { cwd: house.folder, env: house.environment, stdio: 'pipe' });
        backup = { folder: backup, told: await tell(ada, [news, lab, homework], topics) };
      }
    });
  }

  await t.test('nothing is lost and nothing is doubled', async () => {
    for (const channel of [news, lab, homework]) {
      const seen = await whole(ada, channel, topics.filter(({ channel_id }) => channel_id === channel.id));
      assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length, 'each message stands once');
      const own = seen.filter(({ id }) => ledger.texts.has(id)).map(({ text }) => text);
      assert.deepEqual(own.toSorted(), ledger.of(channel).toSorted(), `all of #${channel.name} is there`);
    }
    t.diagnostic(`${ledger.texts.size} messages in the week`);
  });

  await t.test('each phone shows the week in the order of the record', async () => {
    const record = (await whole(ada, lab, [])).filter(({ text }) => /bus/.test(text)).map(({ text }) => text);
    for (const phone of phones) {
      await open(phone, lab);
      const last = record.at(-1);
      await message(phone.page, last).first().waitFor();
      const shown = (await texts(phone.page)).filter((text) => record.includes(text));
      assert.deepEqual(shown, record.slice(-shown.length));
      assert.ok(shown.length > 0);
    }
    const mine = record.filter((text) => text.includes('bus 0'));
    assert.deepEqual(mine, mine.toSorted(byNumber), 'what one wrote without a network stands in the order of writing');
  });

  await t.test('everything is found', async () => {
    const all = [...ledger.texts].map(([id, { channel, text }]) => ({ id, channel, text })).filter(({ channel }) => channel !== news);
    for (const [idx, { id, text }] of all.entries()) {
      const { hits } = await students[idx % n_others].request('GET', `/api/search?q=${encodeURIComponent(`"${text}"`)}`);
      assert.deepEqual(hits.map(({ message_id }) => message_id), [id], `found: ${text}`);
    }
  });

  await t.test('nobody has a count that sticks', async () => {
    const unread = async () => {
      const { channels } = await students[1].request('GET', '/api/start');
      return channels.filter(({ id, n_unread }) => [news.id, lab.id].includes(id) && n_unread > 0).length;
    };
    assert.equal(await unread(), 2);
    for (const channel of [news, lab]) {
      const { seq } = await students[1].request('GET', `/api/channels/${channel.id}/messages`);
      await students[1].request('PUT', `/api/channels/${channel.id}/read`, { seq });
    }
    assert.equal(await unread(), 0);
  });

  await t.test('the old class came along from Slack, once', async () => {
    await bringSlackIn(house);
    await ada.goto('/healthz');
    const { hits } = await ada.request('GET', '/api/search?q=pendulum');
    assert.equal(hits.length, 1);
    assert.match(JSON.stringify(hits[0].excerpt), /third shelf/);
  });

  await t.test('a transcript goes out without a name in it', async () => {
    const { text } = await students[0].raw('GET', `/api/channels/${homework.id}/transcript?format=json&pseudonyms=true&topic=${topics[0].id}`);
    const transcript = JSON.parse(text);
    assert.ok(JSON.stringify(transcript).includes(`${days[0]} answer`), 'it holds what was said');
    assert.doesNotMatch(text, /Student|Lovelace|@example\.org/);
  });

  await t.test('yesterday’s backup is restored on another folder', async () => {
    await house.stop();
    house.environment.ANTIPHON_DATA = join(house.folder, 'restored');
    execFileSync(process.env.ANTIPHON_BIN, ['restore', backup.folder], { cwd: house.folder, env: house.environment, stdio: 'pipe' });
    await house.start();
    await ada.goto('/healthz');
    assert.deepEqual(await tell(ada, [news, lab, homework], topics.slice(0, 4)), backup.told);
    await open(ada, lab);
    await message(ada.page, 'Thursday bus').first().waitFor();
    assert.equal(await message(ada.page, 'Friday bus').count(), 0);
  });
});

/** What was written and acknowledged, by its id. */
class Ledger {
  texts = new Map();

  /** A new message with this text, written down; `send` until it is acknowledged. */
  write(channel, text, more = {}) {
    const id = newId();
    this.texts.set(id, { channel, text });
    return { id, text, ...more };
  }

  change(id, text) {
    this.texts.get(id).text = text;
  }

  remove(id) {
    this.texts.delete(id);
  }

  of(channel) {
    return [...this.texts.values()].filter((written) => written.channel === channel).map(({ text }) => text);
  }
}

/** A student at the API, who carries on through anything as a browser does. */
class Student {
  constructor(house, name) {
    this.house = house;
    this.name = name;
  }

  async raw(method, path, body) {
    const headers = { origin: this.house.url, ...(this.cookie && { cookie: this.cookie }), ...(body && { 'content-type': 'application/json' }) };
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await fetch(this.house.url + path, { method, headers, body: body && JSON.stringify(body) });
        const text = await answer.text();
        if (answer.status === 429 || answer.status === 503) throw new Error(`asked to wait: ${answer.status}`);
        return { status: answer.status, headers: answer.headers, text };
      } catch (error) {
        if (attempt === 100) throw error;
        await pause(100);
      }
    }
  }

  async request(method, path, body) {
    const { status, text } = await this.raw(method, path, body);
    assert.ok(status < 400, `${method} ${path} of ${this.name} was answered with ${status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }

  async join(token) {
    const email = `${this.name.toLowerCase().replaceAll(' ', '.')}@example.org`;
    const body = { name: this.name, email, password: `the long password of ${this.name}`, time_zone: 'Europe/Berlin', language: 'en' };
    const answer = await this.raw('POST', `/api/invitations/${token}/accept`, body);
    assert.ok(answer.status < 400, answer.text);
    this.cookie = answer.headers.getSetCookie()[0].split(';')[0];
  }
}

async function makeClass(ada) {
  const space = await ada.request('POST', '/api/spaces', { name: 'Physics 9b', kind: 'class', open: false });
  const make = (name, kind) => ada.request('POST', `/api/spaces/${space.id}/channels`, { name, kind });
  return { space, news: await make('news', 'announcement'), lab: await make('lab', 'public'), homework: await make('homework', 'public') };
}

const invite = async (ada, space, max_uses) => {
  const { url } = await ada.request('POST', '/api/invitations', { role: 'member', space_id: space.id, channel_ids: [], max_uses, expires_in_s: 86_400 });
  return url.split('/').at(-1);
};

async function enrol(house, ada, space) {
  const token = await invite(ada, space, n_others);
  const students = [];
  for (let idx = 1; idx <= n_others; idx++) students.push(new Student(house, `Student ${String(idx).padStart(2, '0')}`));
  for (const student of students) await student.join(token);
  await joinAll(ada, space, students);
  return students;
}

/** Whoever joins a space reads its public channels; they become members of them by joining. */
async function joinAll(ada, space, people) {
  const { items } = await ada.request('GET', `/api/spaces/${space.id}/channels`);
  for (const person of people) for (const { id } of items) await person.request('POST', `/api/channels/${id}/join`);
}

async function newPhone(house, space, name) {
  const phone = await house.newPerson(name, { spaceId: space.id });
  phone.expectConsole(/ERR_|WebSocket|Failed to load resource/);
  await phone.page.setViewportSize({ width: 360, height: 740 });
  await joinAll(phone, space, [phone]);
  return phone;
}

async function ask(ada, channel, title, ledger) {
  const { id, text } = ledger.write(channel, `${title}: why does it swing?`);
  return ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title, message: { id, text } });
}

/** One day of one student: a message, an answer in the topic, and now and then a change of mind. */
async function studyFor(student, idx, { day, lab, homework, topic, ledger }) {
  const word = `${day} note ${idx} ${Math.floor(random() * 1e6)}`;
  const note = ledger.write(lab, word);
  await pause(random() * 600);
  await student.request('POST', `/api/channels/${lab.id}/messages`, note);
  await student.request('POST', `/api/channels/${homework.id}/messages`, ledger.write(homework, `${day} answer ${idx} ${Math.floor(random() * 1e6)}`, { topic_id: topic.id }));
  if (idx % 5 === 0) {
    await student.request('PATCH', `/api/channels/${lab.id}/messages/${note.id}`, { text: `${word} corrected` });
    ledger.change(note.id, `${word} corrected`);
  }
  if (idx % 9 === 4) {
    await student.request('DELETE', `/api/channels/${lab.id}/messages/${note.id}`);
    ledger.remove(note.id);
  } else {
    await student.request('PUT', `/api/channels/${lab.id}/messages/${note.id}/reactions/${encodeURIComponent('👍')}`);
  }
}

/** On a phone, through tunnels: what is written without a network goes out by itself. */
async function rideBus(phone, words, lab, ledger) {
  const { page, context } = phone;
  for (let n = 1; n <= 4; n++) {
    if (n === 2) await context.setOffline(true);
    await say(page, `${words} number ${n}`);
    await pause(random() * 150);
    if (n === 3) await context.setOffline(false);
  }
  const written = [1, 2, 3, 4].map((n) => `${words} number ${n}`);
  let arrived = [];
  await eventually(async () => {
    const answer = await phone.context.request.get(`${phone.house.url}/api/channels/${lab.id}/messages?limit=100`).catch(() => null);
    if (!answer?.ok()) return false;
    arrived = (await answer.json()).messages.filter(({ text }) => written.includes(text));
    return arrived.length >= written.length;
  }, `all of “${words}” has gone out`, 40_000);
  assert.deepEqual(arrived.map(({ text }) => text), written, 'once, and in the order of writing');
  for (const { id, text } of arrived) ledger.texts.set(id, { channel: lab, text });
  await eventually(async () => (await field(page).inputValue()) === '', 'the field is empty');
}

/** Another class's history, in the format that Slack exports (users, channels, one file of messages a day). */
async function bringSlackIn(house) {
  await house.stop();
  const file = join(house.folder, 'slack.zip');
  writeFileSync(file, zip({
    'users.json': JSON.stringify([{ id: 'U1', name: 'old', profile: { real_name: 'Old Teacher', email: 'old@example.org' } }]),
    'channels.json': JSON.stringify([{ id: 'C1', name: 'class-of-2024', created: 1_700_000_000, creator: 'U1', members: ['U1'] }]),
    'class-of-2024/2024-01-08.json': JSON.stringify([
      { type: 'message', user: 'U1', ts: '1704700800.000100', text: 'The pendulum is on the third shelf' },
    ]),
  }));
  execFileSync(process.env.ANTIPHON_BIN, ['import', 'slack', file], { cwd: house.folder, env: house.environment, stdio: 'pipe' });
  await house.start();
}

async function failBuild(ada, lab) {
  const { url } = await ada.request('POST', `/api/channels/${lab.id}/hooks/incoming`, { name: 'Weather station' });
  const posted = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'Build failed: no wind' }) });
  assert.equal(await posted.text(), 'ok');
  await open(ada, lab);
  await message(ada.page, 'Build failed: no wind').waitFor();
}

async function vote(ada, students, lab) {
  const asked = { id: newId(), message_id: newId(), question: 'Where do we go?', options: ['Observatory', 'Mill'] };
  await ada.request('POST', `/api/channels/${lab.id}/polls`, asked);
  const path = `/api/channels/${lab.id}/polls/${asked.id}`;
  await Promise.all(students.map((student, idx) => student.request('PUT', `${path}/vote`, { options: [idx % 3 === 0 ? 1 : 0] })));
  const { poll } = await ada.request('GET', path);
  assert.deepEqual(poll.options.map(({ n }) => n), [18, 9]);
}

/** All messages of a channel and of these topics, oldest first. */
async function whole(person, channel, topics) {
  const all = [];
  for (const topic of [null, ...topics]) {
    const where = topic ? `&topic=${topic.id}` : '';
    for (let before = ''; ; ) {
      const page = await person.request('GET', `/api/channels/${channel.id}/messages?limit=100${where}${before}`);
      all.unshift(...page.messages);
      if (!page.has_older) break;
      before = `&before=${page.messages[0].seq}`;
    }
  }
  return all;
}

/** The texts and places of it all, for comparing two servers. */
async function tell(person, channels, topics) {
  const told = {};
  for (const channel of channels) {
    const all = await whole(person, channel, topics.filter(({ channel_id }) => channel_id === channel.id));
    told[channel.name] = all.map(({ id, seq, text, author_id }) => ({ id, seq, text, author_id }));
  }
  return told;
}

function byNumber(a, b) {
  return days.indexOf(a.split(' ')[0]) - days.indexOf(b.split(' ')[0]) || a.localeCompare(b);
}

/** mulberry32: small, and the same on each machine. */
function numbersFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
