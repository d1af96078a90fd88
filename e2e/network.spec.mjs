/** No network, and a server that dies: people carry on by themselves, nothing is lost, nothing comes twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, numbered, open, postAll, said, say, texts } from './talk.mjs';

test('bad weather', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const person of [ada, bob]) {
    person.expectConsole(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_|WebSocket connection|ERR_EMPTY_RESPONSE|ERR_NETWORK_CHANGED|ERR_SOCKET/);
  }
  await open(ada, channel);
  await open(bob, channel);
  await say(ada.page, 'Fair so far');
  await message(bob.page, 'Fair so far').waitFor();

  await t.test('offline: what is written waits, and goes out once and in order', async () => {
    await bob.context.setOffline(true);
    await bob.page.getByText('You are offline.').waitFor();
    for (const text of ['Rain one', 'Rain two', 'Rain three']) await say(bob.page, text);
    await message(bob.page, 'Rain three').getByText('Waiting for network').waitFor();
    await bob.inspect('offline');
    await say(ada.page, 'Meanwhile');
    // Shown at once, on the record a moment later: only then may Bob's come after it.
    await eventually(async () => (await said(ada, channel)).includes('Meanwhile'), 'it is on the record');
    await bob.context.setOffline(false);
    await message(ada.page, 'Rain three').waitFor();
    await message(bob.page, 'Meanwhile').waitFor();
    await bob.page.getByText('Waiting for network').waitFor({ state: 'detached' });
    await bob.page.getByText('You are offline.').waitFor({ state: 'detached' });
    const expected = ['Fair so far', 'Meanwhile', 'Rain one', 'Rain two', 'Rain three'];
    assert.deepEqual(await texts(ada.page), expected);
    await eventually(async () => (await texts(bob.page)).join() === expected.join(), 'both see the same order');
  });

  await t.test('offline and reloaded later: what was written is still sent', async () => {
    await bob.context.setOffline(true);
    await say(bob.page, 'Kept on the disk');
    await message(bob.page, 'Kept on the disk').getByText('Waiting for network').waitFor();
    await bob.goto('about:blank').catch(() => undefined);
    await bob.context.setOffline(false);
    await open(bob, channel);
    await message(ada.page, 'Kept on the disk').waitFor();
    await message(bob.page, 'Kept on the disk').waitFor();
    assert.equal((await texts(ada.page)).filter((text) => text === 'Kept on the disk').length, 1);
  });

  await t.test('the server is killed and comes back: both carry on by themselves', async () => {
    await field(ada.page).fill('A draft that stays');
    await house.kill();
    await bob.page.getByText('Connecting again.').waitFor();
    await say(bob.page, 'Said into the dark');
    await message(bob.page, 'Said into the dark').getByText('Waiting for network').waitFor();
    await bob.inspect('connecting');
    await house.start();
    await message(ada.page, 'Said into the dark').waitFor({ timeout: 40_000 });
    await ada.page.getByText('Connecting again.').waitFor({ state: 'detached' });
    assert.equal(await field(ada.page).inputValue(), 'A draft that stays');
    await field(ada.page).press('Enter');
    await message(bob.page, 'A draft that stays').waitFor();
  });

  await t.test('killed again and again while both write: everything is there once, in one order', async () => {
    const said = [];
    for (let round = 1; round <= 2; round += 1) {
      for (let number = 1; number <= 4; number += 1) {
        const person = number % 2 ? ada : bob;
        const text = `Storm ${round}.${number}`;
        await say(person.page, text);
        said.push(text);
        if (number === 2) await house.kill();
      }
      await house.start();
      const last = said.at(-1);
      await message(ada.page, last).waitFor({ timeout: 40_000 });
      await eventually(async () => (await ada.page.getByText('Waiting for network').count()) === 0, 'all of it is sent', 40_000);
      await eventually(async () => (await bob.page.getByText('Waiting for network').count()) === 0, 'by both', 40_000);
    }
    const storm = async (person) => (await texts(person.page)).filter((text) => text.startsWith('Storm'));
    await eventually(async () => (await storm(ada)).length === said.length, 'Ada has them all');
    await eventually(async () => (await storm(bob)).join() === (await storm(ada)).join(), 'both see the same order', 40_000);
    assert.deepEqual((await storm(ada)).toSorted(), said.toSorted());
    await ada.page.reload();
    await message(ada.page, said.at(-1)).waitFor();
    assert.deepEqual(await storm(ada), await storm(bob));
  });

  await t.test('a long absence is caught up with', async () => {
    await bob.context.setOffline(true);
    await postAll(ada, channel, numbered('Sunshine', 1, 30));
    await bob.context.setOffline(false);
    await message(bob.page, 'Sunshine 30.').waitFor();
    assert.equal((await texts(bob.page)).filter((text) => text === 'Sunshine 30.').length, 1);
  });
});
