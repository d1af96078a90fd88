/** What two people in a room must be able to do, whatever client and browser each has. */
import assert from 'node:assert/strict';
import { until } from './media.mjs';

/** Sound, pictures, data and calls both ways, a mute, a socket that is lost. */
export async function converse(t, ada, bob) {
  const both = [[ada, bob], [bob, ada]];
  for (const person of [ada, bob]) {
    await person.run((room) => room.localParticipant.setMicrophoneEnabled(true));
    await person.run((room) => room.localParticipant.setCameraEnabled(true, { resolution: { width: 640, height: 360, frameRate: 20 } }));
  }
  for (const [listener, speaker] of both) {
    await until(`${listener.identity} hears ${speaker.identity}`, async () => (await listener.receives('audio', 200)).packets > 5);
    await until(`${listener.identity} sees ${speaker.identity}`, async () => (await listener.receives('video', 300)).frames > 3, 20_000);
    const [heard, seen] = await Promise.all([listener.receives('audio', 2_000), listener.receives('video', 2_000)]);
    t.diagnostic(`${listener.identity} received ${JSON.stringify(heard)} and ${JSON.stringify(seen)}`);
    assert.ok(heard.packets > 80 && heard.energy > 0 && heard.lost === 0);
    assert.ok(seen.frames > 15);
  }
  for (const [listener, speaker] of both) {
    await speaker.run((room) => room.localParticipant.publishData(new TextEncoder().encode('hello'), { reliable: true, topic: 'talk' }));
    await until(`${listener.identity} has data`, () => listener.page.evaluate((who) => window.person.heard.some(([text, sender]) => text === 'hello' && sender === who), speaker.identity));
    await listener.run((room) => room.localParticipant.registerRpcMethod('greet', async ({ payload, callerIdentity }) => `${callerIdentity}: ${payload}`));
    const answer = await speaker.run((room, to) => room.localParticipant.performRpc({ destinationIdentity: to, method: 'greet', payload: 'hi' }), listener.identity);
    assert.equal(answer, `${speaker.identity}: hi`);
    await speaker.run((room) => room.localParticipant.setMicrophoneEnabled(false));
    await until(`${listener.identity} is told`, async () => (await listener.happened('trackMuted')).length > 0);
    await speaker.run((room) => room.localParticipant.setMicrophoneEnabled(true));
    await until(`${listener.identity} hears again`, async () => (await listener.receives('audio', 300)).energy > 0);
  }
  for (const [person, other] of both) {
    await person.page.evaluate(() => window.person.sockets.at(-1).close());
    await until(`${person.identity} is back`, async () => (await person.happened('reconnected')).length > 0, 15_000);
    await until(`${person.identity} hears`, async () => (await person.receives('audio', 300)).packets > 5);
    await until(`${other.identity} hears`, async () => (await other.receives('audio', 300)).packets > 5);
  }
}
