/** "Good time?": asked without a sound, answered in one tap. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, open, worksAlways } from './talk.mjs';

test('knocking', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  for (const person of [ada, bob]) await worksAlways(person);
  const direct = await ada.request('POST', '/api/directs', { people: [bob.me.id] });
  const knock = async () => {
    await ada.page.locator('[data-pane="main"]').getByRole('button', { name: 'More ways to send' }).click();
    await ada.page.getByRole('menuitem', { name: 'Ask whether it is a good time' }).click();
  };

  await t.test('one asks, and the other hears of it where they are, without a message', async () => {
    await open(bob, channel);
    await open(ada, direct);
    await knock();
    await ada.page.getByText(/You asked Bob Frost whether it is a good time\. Until .* they may say so; nothing rings\./).waitFor();
    await ada.inspect('knock-asked');
    await bob.page.getByText('Ada Lovelace asks: is it a good time?').waitFor();
    await bob.page.getByRole('button', { name: 'Look' }).click();
    await bob.page.getByRole('button', { name: 'Yes, now' }).waitFor();
    await bob.inspect('knock-heard');
    const { messages } = await bob.request('GET', `/api/channels/${direct.id}/messages`);
    assert.deepEqual(messages, []);
  });

  await t.test('a time is said with one tap', async () => {
    const at = bob.page.getByRole('button', { name: /^At \d/ }).first();
    const [, time] = (await at.innerText()).match(/At (.*)/);
    await at.click();
    await bob.page.getByText(`You said: ${time}.`).waitFor();
    await ada.page.getByText(`Bob Frost: a good time is ${time}.`).waitFor();
    await ada.inspect('knock-answered');
  });

  await t.test('it can be taken back, and a channel of many has no door', async () => {
    await knock();
    await bob.page.getByRole('button', { name: 'Yes, now' }).waitFor();
    await ada.page.getByRole('button', { name: 'Take back' }).click();
    await bob.page.getByRole('button', { name: 'Yes, now' }).waitFor({ state: 'detached' });
    await open(ada, channel);
    await ada.page.locator('[data-pane="main"]').getByRole('button', { name: 'More ways to send' }).click();
    await ada.page.getByRole('menuitem', { name: 'Pick a day and time' }).waitFor();
    assert.equal(await ada.page.getByRole('menuitem', { name: 'Ask whether it is a good time' }).count(), 0);
  });
});
