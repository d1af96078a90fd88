/** What is told of rooms: to other servers as LiveKit's would tell it, and to administrators as numbers. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { control, until, watch } from './calls.mjs';
import { openHouse } from './harness.mjs';
import { general, open } from './talk.mjs';

/** A server that takes webhooks, once `isThere`. */
async function openReceiver(t) {
  const receiver = { isThere: false, n_refused: 0, hooks: [] };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (receiver.isThere) receiver.hooks.push({ headers: request.headers, body, event: JSON.parse(body) });
    else receiver.n_refused += 1;
    response.writeHead(receiver.isThere ? 200 : 503).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  receiver.host = `127.0.0.1:${server.address().port}`;
  return receiver;
}

function assertSigned({ headers, body }, [key, secret]) {
  assert.equal(headers['content-type'], 'application/webhook+json');
  const [header, claims, signature] = headers.authorization.split('.');
  const expected = createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url');
  assert.equal(signature, expected);
  const { iss, sha256, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  assert.equal(iss, key);
  assert.ok(exp * 1000 > Date.now());
  assert.equal(sha256, createHash('sha256').update(body).digest('base64'));
}

test('what is told of live sessions', async (t) => {
  const receiver = await openReceiver(t);
  const house = await openHouse(t, {
    ANTIPHON_LIVE_WEBHOOKS: `http://${receiver.host}/hook`,
    ANTIPHON_OUTBOUND_ALLOWED: receiver.host,
  });
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await watch(bob.page);
  const names = () => receiver.hooks.map((hook) => hook.event.event);

  await t.test('while nobody takes them the session goes on', async () => {
    await open(bob, channel);
    await bob.page.getByRole('button', { name: 'Go live' }).click();
    const dialog = bob.page.getByRole('dialog', { name: 'Go live' });
    await dialog.getByLabel('What is it about?').fill('Who listens?');
    await dialog.getByRole('button', { name: 'Go live' }).click();
    await bob.page.getByRole('button', { name: 'Join' }).click();
    await control(bob.page, 'Mute').waitFor();
    await until(() => receiver.n_refused > 0, 'it is tried');
  });

  await t.test('administrators see how its lines are', async () => {
    await ada.goto('/settings/health');
    const rooms = ada.page.getByRole('region', { name: 'Live sessions now' });
    const row = rooms.getByRole('listitem');
    await row.getByText(/1 device is in it, since/).waitFor();
    await row.getByText(/packets a second: [1-9]\d* in/).waitFor();
    await row.getByText(/lost: \d+\s‰ in, \d+\s‰ out/).waitFor();
    await row.getByText('general').waitFor();
    await row.scrollIntoViewIfNeeded();
    await ada.inspect('health-live');
    await ada.request('PATCH', '/api/me', { language: 'ar' });
    await ada.goto('/settings/health');
    await ada.page.getByText(/جهاز واحد فيها/).scrollIntoViewIfNeeded();
    await ada.inspect('health-live-ar');
  });

  await t.test('what waits comes in its order', async () => {
    receiver.isThere = true;
    await until(() => names().includes('track_published'), 'all comes in the end');
    await control(bob.page, 'Leave').click();
    await until(() => names().includes('participant_left'), 'and that he left');
    assert.deepEqual(names().slice(0, 3), ['room_started', 'participant_joined', 'track_published']);
    assert.deepEqual(names().filter((name) => name.startsWith('participant')), ['participant_joined', 'participant_left']);
  });

  await t.test('it says who and where, and that it is true', () => {
    const key = execFileSync(process.env.ANTIPHON_BIN, ['config', 'live-key'], { cwd: house.folder, env: house.environment });
    const session = receiver.hooks[0].event.room.name;
    for (const hook of receiver.hooks) {
      assertSigned(hook, key.toString().trim().split(' '));
      assert.equal(hook.event.room.name, session);
      assert.match(hook.event.id, /^EV_/);
      assert.match(hook.event.createdAt, /^\d+$/);
    }
    const [, joined, published] = receiver.hooks.map((hook) => hook.event);
    assert.ok(joined.participant.identity.startsWith(`${bob.me.id}:`));
    assert.equal(joined.participant.state, 'ACTIVE');
    assert.equal(published.participant.sid, joined.participant.sid);
    assert.equal(published.track.source, 'MICROPHONE');
    const left = receiver.hooks.map((hook) => hook.event).find((event) => event.event === 'participant_left');
    assert.equal(left.participant.state, 'DISCONNECTED');
    assert.ok(left.participant.disconnectReason);
  });
});
