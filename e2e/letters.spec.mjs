/** Told by mail: chosen, sent once, ended by the link below, against a real SMTP server. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from './harness.mjs';
import { linkIn, openHouseWithMail } from './relay.mjs';
import { general, post } from './talk.mjs';

/** Always at work, so that the hour at which this story is told does not matter. */
const always = {
  work: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_min: 0, to_min: 1440 })),
  quiet: null, focus: [], focus_allowed: [], days_off: [], holidays: null, holidays_worked: [], profile: 'live', urgent_rings: false,
};

test('told by mail', async (t) => {
  const { house, relay } = await openHouseWithMail(t);
  /** The server's own clock cannot be moved from here: the ten minutes are taken off what waits. */
  const sql = (text) =>
    execFileSync('python3', ['-c', 'import sqlite3,sys\nbase=sqlite3.connect(sys.argv[1],timeout=20)\nrows=base.execute(sys.argv[2]).fetchall()\nbase.commit()\nprint(rows[0][0] if rows else "")', join(house.folder, 'data/antiphon.db'), text], { encoding: 'utf8' }).trim();
  const wait = async () => {
    await eventually(() => sql("select count(*) from notice_mail where state = 'waiting'") === '1', 'a letter is thought of');
    sql("update notice_mail set due_at = due_at - 600000000 where state = 'waiting'");
  };
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const { revision } = await bob.request('GET', '/api/hours');
  await bob.request('PUT', '/api/hours', { hours: always, revision });
  const direct = await ada.request('POST', '/api/directs', { people: [bob.me.id] });

  await t.test('the way is chosen among the settings', async () => {
    await bob.goto('/settings/time');
    const part = bob.page.getByRole('region', { name: 'How you are reached' });
    assert.ok(await part.getByRole('radio', { name: /^Nothing/ }).isChecked());
    await part.getByRole('radio', { name: /^A letter for what calls me/ }).check();
    await eventually(async () => (await bob.request('GET', '/api/push')).mail === 'single', 'it is kept');
    await part.getByRole('group', { name: 'By mail' }).scrollIntoViewIfNeeded();
    await bob.inspect('notify-mail');
  });

  await t.test('what no device has shown comes once, also over a server that dies', async () => {
    for (const person of [ada, bob]) person.expectConsole(/ERR_|WebSocket|Failed to load resource/);
    await bob.page.goto('about:blank');
    await post(ada, direct, 'Have you a *minute*, <b>now</b>?');
    await wait();
    await house.kill();
    await house.start();
    await eventually(() => relay.letters.length === 1, 'a letter', 20_000);
    await house.kill();
    await house.start();
    // Long enough for a second one, if there were one.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    assert.equal(relay.letters.length, 1);
    const [{ to, text }] = relay.letters;
    assert.deepEqual(to, [bob.email]);
    assert.match(text, /^List-Unsubscribe: <http:\/\/\S+\/api\/unsubscribe\/[\w-]+>\r$/m);
    assert.match(text, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    assert.ok(text.includes('Have you a minute, <b>now</b>?'), 'in plain text');
    assert.ok(!text.split('text/html')[1].includes('<b>now'), 'and harmless in HTML');
  });

  await t.test('whoever has looked gets none', async () => {
    await post(ada, direct, 'Never mind');
    await eventually(() => sql("select count(*) from notice_mail where state = 'waiting'") === '1', 'a letter is thought of');
    await bob.goto(`/c/${direct.id}`);
    await bob.page.getByText('Never mind').first().waitFor();
    await eventually(() => sql("select count(*) from notice where seen_at is null") === '0', 'it is seen');
    sql("update notice_mail set due_at = due_at - 600000000 where state = 'waiting'");
    await eventually(() => sql("select count(*) from notice_mail where state = 'waiting'") === '0', 'nothing waits any more');
    assert.equal(relay.letters.length, 1);
  });

  await t.test('the link below ends them without signing in, by hand and by a mail program', async () => {
    const visitor = await house.newVisitor();
    await visitor.goto(linkIn(relay.letters[0], '/unsubscribe/'));
    await visitor.page.getByRole('heading', { name: 'No more mail about messages?' }).waitFor();
    await visitor.inspect('notify-unsubscribe');
    assert.equal((await bob.request('GET', '/api/push')).mail, 'single', 'to look changes nothing');
    await visitor.page.getByRole('button', { name: 'Send me no more' }).click();
    await visitor.page.getByRole('heading', { name: 'You get no more of these' }).waitFor();
    assert.equal((await bob.request('GET', '/api/push')).mail, 'nothing');
    await bob.request('PUT', '/api/notices/mail', { way: 'day' });
    const address = linkIn(relay.letters[0], '/api/unsubscribe/');
    const looked = await fetch(address, { redirect: 'manual' });
    assert.deepEqual([looked.status, looked.headers.get('location')], [303, new URL(address).pathname.replace('/api', '')]);
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    assert.equal(answer.status, 204);
    assert.equal((await bob.request('GET', '/api/push')).mail, 'nothing');
  });
});
