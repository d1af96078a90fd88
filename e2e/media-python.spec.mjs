/** LiveKit's client for Python, unchanged, in the rooms of `crates/media`: with another one, and with a browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openRooms, until } from './media.mjs';
import { pythonPerson, withoutPython } from './pythonPerson.mjs';

const skip = withoutPython;

const ways = [
  ['one connection (/rtc/v1)', { single_peer_connection: true }],
  ['two connections (/rtc)', { single_peer_connection: false }],
];

for (const [way, options] of ways) {
  test(`two programs in Python over ${way}`, { skip }, async (t) => {
    const rooms = await openRooms(t);
    const [ada, bob] = ['ada', 'bob'].map((name) => pythonPerson(t, rooms, name));
    const joinedMs = [await ada.join('hall', options), await bob.join('hall', options)];
    t.diagnostic(`joined within ${joinedMs.join(' and ')} ms`);

    await t.test('each hears and sees the other', async () => {
      for (const person of [ada, bob]) {
        await person.do('speak');
        await person.do('show');
      }
      for (const [listener, speaker] of [[ada, bob], [bob, ada]]) {
        await until(`${listener.identity} sees`, async () => (await listener.tells()).pictures[speaker.identity]?.frames > 10, 20_000);
        await until(`${listener.identity} hears`, async () => (await listener.tells()).sound[speaker.identity]?.loud > 10);
      }
      await pause(5_000);
      for (const [listener, speaker] of [[ada, bob], [bob, ada]]) {
        const { sound, pictures } = await listener.tells();
        const { frames, loud, seconds } = sound[speaker.identity];
        t.diagnostic(`${listener.identity} heard the tone in ${loud} of ${frames} frames within ${seconds.toFixed(2)} s, saw ${JSON.stringify(pictures[speaker.identity])}`);
        assert.ok(loud >= frames * 0.99, 'the tone never breaks off');
        assert.ok(frames >= seconds * 99, 'a frame comes every ten milliseconds');
      }
    });

    await t.test('data, a text in pieces, and calls', async () => {
      await ada.do('say', { text: 'to all', topic: 'talk' });
      await ada.do('say', { text: 'perhaps', reliable: false });
      await until('bob has both', async () => (await bob.tells()).data.length === 2);
      assert.deepEqual((await bob.tells()).data.find(([text]) => text === 'to all'), ['to all', 'ada', 'talk']);
      const long = 'loom '.repeat(20_000);
      await bob.do('read');
      await ada.do('write', { text: long });
      await until('bob has the text', async () => (await bob.tells()).data.some(([text]) => text === long));
      assert.equal(await ada.do('call', { to: 'bob', payload: 'are you there?' }), 'hello ada: are you there?');
      const whole = 'x'.repeat(10_000);
      assert.equal(await bob.do('call', { to: 'ada', payload: whole }), `hello bob: ${whole}`);
      await rooms.act('send', { room: 'hall', topic: 'from above', text: 'hello', to: ['bob'] });
      await until('bob hears the product', async () => (await bob.tells()).data.some(([text, sender, topic]) => text === 'hello' && sender === null && topic === 'from above'));
    });

    await t.test('whoever goes is gone, and whoever is put out is told', async () => {
      await ada.do('leave');
      await until('bob is alone', async () => (await bob.tells()).happened.some(([name, who]) => name === 'left' && who === 'ada'));
      await rooms.act('remove', { room: 'hall', identity: 'bob' });
      await until('bob is told', async () => (await bob.tells()).happened.some(([name, reason]) => name === 'disconnected' && reason === 4));
    });
  });
}

for (const [way, one] of [['one connection', true], ['two connections', false]]) {
  test(`a browser and Python over ${way}`, { skip }, async (t) => {
    const rooms = await openRooms(t);
    const ada = await rooms.enter('hall', 'ada', { singlePeerConnection: one });
    const bob = pythonPerson(t, rooms, 'bob');
    await bob.join('hall', { single_peer_connection: one });
    await bob.do('speak');
    await bob.do('show');
    await ada.run((room) => room.localParticipant.setMicrophoneEnabled(true));
    await ada.run((room) => room.localParticipant.setCameraEnabled(true));

    await until('ada hears', async () => (await ada.receives('audio', 300)).packets > 10);
    await until('ada sees', async () => (await ada.receives('video', 300)).frames > 3, 20_000);
    await until('bob sees', async () => (await bob.tells()).pictures.ada?.frames > 10, 20_000);
    await until('bob hears', async () => (await bob.tells()).sound.ada?.loud > 0);
    const heard = await ada.receives('audio', 3_000);
    t.diagnostic(`ada received ${JSON.stringify(heard)}`);
    assert.ok(heard.packets > 145 && heard.lost === 0, 'all of fifty packets a second');
    // How evenly they come is a matter of the program, which makes its own pace.
    assert.ok(heard.energy > 0.1, 'with the tone in them');

    assert.equal(await ada.run((room) => room.localParticipant.performRpc({ destinationIdentity: 'bob', method: 'greet', payload: 'hi' })), 'hello ada: hi');
    await ada.run((room) => room.localParticipant.registerRpcMethod('greet', async ({ payload, callerIdentity }) => `browser, ${callerIdentity}: ${payload}`));
    assert.equal(await bob.do('call', { to: 'ada', payload: 'hi' }), 'browser, bob: hi');
    await bob.do('read');
    await ada.run((room) => room.localParticipant.sendText('a text', { topic: 'talk' }));
    await until('bob reads', async () => (await bob.tells()).data.some(([text, who]) => text === 'a text' && who === 'ada'));
    await bob.do('say', { text: 'data', topic: 'talk' });
    await until('ada has data', () => ada.page.evaluate(() => window.person.heard.some(([text, who]) => text === 'data' && who === 'bob')));
  });
}
