/** Rooms of `crates/media` over networks that are bad, with the official client in a real browser; and rooms that are full. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openBadNetwork } from './badNetwork.mjs';
import { openRooms, until } from './media.mjs';

test('a network that is away for fifteen seconds', async (t) => {
  const rooms = await openRooms(t);
  const network = await openBadNetwork(t, rooms);
  const ada = await rooms.enter('hall', 'ada');
  const bob = await rooms.enter('hall', 'bob', {}, { network });
  for (const person of [ada, bob]) await person.run((room) => room.localParticipant.setMicrophoneEnabled(true));
  for (const person of [ada, bob]) await until(`${person.identity} hears`, async () => (await person.receives('audio', 300)).packets > 5);
  const place = await bob.run((room) => room.localParticipant.sid);
  network.goAway();
  await pause(15_000);
  assert.equal((await bob.receives('audio', 300)).packets, 0, 'nothing comes through');
  network.comeBack();
  const backMs = await until('bob hears again', async () => (await bob.receives('audio', 300)).packets > 5, 20_000);
  await until('ada hears bob again', async () => (await ada.receives('audio', 300)).packets > 5, 20_000);
  t.diagnostic(`heard again ${backMs} ms after the network came back`);
  assert.equal(await bob.run((room) => room.localParticipant.sid), place, 'the place is the same');
  assert.deepEqual(await ada.happened('participantDisconnected'), []);
  assert.deepEqual(await bob.happened('disconnected'), []);
});

for (const [name, line] of [['five per cent of packets lost', { lossPercent: 5 }], ['400 kbit/s', { kbps: 400 }]]) {
  test(`${name}, for one of three`, async (t) => {
    const rooms = await openRooms(t);
    const network = await openBadNetwork(t, rooms, line);
    const ada = await rooms.enter('hall', 'ada');
    const eve = await rooms.enter('hall', 'eve');
    const bob = await rooms.enter('hall', 'bob', {}, { network });
    await ada.run((room) => room.localParticipant.setMicrophoneEnabled(true));
    await ada.run((room) => room.localParticipant.setCameraEnabled(true, { resolution: { width: 640, height: 360, frameRate: 20 } }));
    for (const person of [bob, eve]) {
      await until(`${person.identity} hears`, async () => (await person.receives('audio', 300)).packets > 5);
      await until(`${person.identity} sees`, async () => (await person.receives('video', 300)).frames > 3, 20_000);
    }
    // Until the server knows the line.
    await pause(8_000);
    const spanMs = 15_000;
    const both = (person) => Promise.all([person.receives('audio', spanMs), person.receives('video', spanMs)]);
    const [[heard, seen], [heardWell, seenWell]] = await Promise.all([both(bob), both(eve)]);
    t.diagnostic(`bob: ${JSON.stringify(heard)}, ${JSON.stringify(seen)}; the network lost ${network.n_lost} packets and let ${network.n_passed} through`);
    t.diagnostic(`eve: ${JSON.stringify(heardWell)}, ${JSON.stringify(seenWell)}`);
    // Each sound is sent twice.
    assert.ok(heard.concealed < heard.samples * 0.02, 'hardly any sound is made up');
    // 3 % is the aim; a busy machine adds to it.
    assert.ok(seen.frozen * 1_000 < spanMs * 0.05, 'hardly any picture stands still');
    assert.ok(seen.frames > 100);
    assert.ok(seenWell.frames > 200 && seenWell.width >= seen.width, 'others see it as well or better');
  });
}

test('two thousand ask for a room of twenty', async (t) => {
  const rooms = await openRooms(t);
  await rooms.act('open', { room: 'hall', most_participants: 20 });
  const open = [];
  t.after(() => open.forEach((socket) => socket.destroy()));
  const ask = async (idx) => {
    const token = await rooms.ticket('hall', `somebody ${idx}`);
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
    const asked = request(`${rooms.url}/rtc?${new URLSearchParams({ access_token: token, protocol: '16' })}`, { headers, agent: false }).end();
    const [answer, socket] = await Promise.race([once(asked, 'upgrade'), once(asked, 'response')]);
    if (answer.statusCode === 101) {
      open.push(socket);
      return 'in';
    }
    const [text] = await answer.setEncoding('utf8').toArray();
    return `${answer.statusCode} ${text}`;
  };
  const counts = {};
  for (let first = 0; first < 2_000; first += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, idx) => ask(first + idx)));
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
  }
  assert.deepEqual(counts, { in: 20, '403 the room is full': 1_980 });
  const people = await rooms.act('people', { room: 'hall' });
  assert.equal(people.length, 20);
  const token = await rooms.ticket('hall', 'one more');
  const answer = await fetch(`${rooms.url}/rtc/v1/validate?access_token=${token}`);
  assert.deepEqual([answer.status, await answer.text()], [403, 'the room is full']);
});
