/** What the official client does in the rooms of `crates/media`, in a real browser. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openRooms, until } from './media.mjs';

const ways = [
  ['one connection (/rtc/v1)', { singlePeerConnection: true }],
  ['two connections (/rtc)', { singlePeerConnection: false }],
];

for (const [way, options] of ways) {
  test(`two people hear each other over ${way}`, async (t) => {
    const rooms = await openRooms(t);
    const ada = await rooms.enter('hall', 'ada', options);
    const bob = await rooms.enter('hall', 'bob', options);
    t.diagnostic(`joined within ${ada.joinMs} and ${bob.joinMs} ms`);
    await ada.run((room) => room.localParticipant.setMicrophoneEnabled(true));
    await bob.run((room) => room.localParticipant.setMicrophoneEnabled(true));
    for (const [listener, speaker] of [[ada, bob], [bob, ada]]) {
      await until(`${listener.identity} hears ${speaker.identity}`, async () => (await listener.receives('audio', 200)).packets > 5);
      const heard = await listener.receives('audio', 3_000);
      t.diagnostic(`${listener.identity} received ${JSON.stringify(heard)}`);
      assert.ok(heard.packets > 120, 'fifty packets come each second');
      assert.ok(heard.energy > 0, 'they carry sound');
      assert.ok(heard.concealed < heard.samples * 0.02, 'hardly anything is made up');
    }
    assert.ok(Math.min(ada.joinMs, bob.joinMs) < 1_000, 'one is in within a second');
  });
}
