/** The official client in its last three versions, in the rooms of `crates/media`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clients, openRooms } from './media.mjs';
import { converse } from './converse.mjs';

const ways = [
  ['one connection', { singlePeerConnection: true }],
  ['two connections', { singlePeerConnection: false }],
];
const [newest, ...older] = clients.keys();

for (const version of older) {
  for (const [way, options] of ways) {
    test(`${version} with ${newest} over ${way}`, async (t) => {
      const rooms = await openRooms(t);
      const ada = await rooms.enter('hall', 'ada', options, { client: clients.get(version) });
      const bob = await rooms.enter('hall', 'bob', options);
      assert.equal(await ada.page.evaluate('LivekitClient.version'), version);
      await converse(t, ada, bob);
    });
  }
}
