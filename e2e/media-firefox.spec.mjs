/** The official client in Firefox, in the rooms of `crates/media`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { converse } from './converse.mjs';
import { inOwnNetwork, openFirefox, openRooms, withoutFirefox } from './media.mjs';

const ways = [
  ['one connection', { singlePeerConnection: true }],
  ['two connections', { singlePeerConnection: false }],
];

if (process.env.MEDIA_ADDRESS) {
  for (const [way, options] of ways) {
    test(`Firefox with Chromium over ${way}`, async (t) => {
      const rooms = await openRooms(t);
      const browser = await openFirefox(t);
      const ada = await rooms.enter('hall', 'ada', options, { browser });
      const bob = await rooms.enter('hall', 'bob', options);
      await converse(t, ada, bob);
    });
  }

  test('Firefox with Firefox', async (t) => {
    const rooms = await openRooms(t);
    const browser = await openFirefox(t);
    const [ada, bob] = [await rooms.enter('hall', 'ada', {}, { browser }), await rooms.enter('hall', 'bob', {}, { browser })];
    await converse(t, ada, bob);
  });
} else {
  test('Firefox with Chromium, and with Firefox', { skip: withoutFirefox }, async (t) => {
    const { code, report } = await inOwnNetwork(fileURLToPath(import.meta.url));
    assert.equal(code, 0, report);
  });
}
