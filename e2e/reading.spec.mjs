/** What is read and what is not, the same on every device of a person; and drafts that follow them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually, openHouse } from './harness.mjs';
import { act, field, general, inTopic, message, newId, numbered, open, post, postAll, row } from './talk.mjs';

test('reading', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const phone = await bob.newDevice();
  // A call that was cut off is a line in the browser's console.
  bob.expectConsole(/ERR_INTERNET_DISCONNECTED|status of 409/);
  const counted = (person, words) => row(person.page, new RegExp(`general.*${words}`));

  await t.test('counts grow on every device while nobody looks', async () => {
    await bob.goto('/people');
    await phone.goto('/people');
    await postAll(ada, channel, numbered('Card', 1, 45));
    await counted(bob, '45 unread').waitFor();
    await counted(phone, '45 unread').waitFor();
    await bob.page.reload();
    await counted(bob, '45 unread').waitFor();
    await bob.inspect('unread-counts');
  });

  await t.test('opening shows the first unread, and reads only what was in view for a second', async () => {
    await row(bob.page, /general/).click();
    await message(bob.page, 'Card 1.').waitFor();
    assert.equal(await counted(phone, '45 unread').count(), 1);
    await eventually(async () => (await counted(phone, '45 unread').count()) === 0, 'what is in view is read', 5_000);
    const left = Number(/(\d+) unread/.exec(await row(phone.page, /general/).innerText())?.[1]);
    assert.ok(left > 10 && left < 45, `${left} left`);
  });

  await t.test('jumps to the first new message, from wherever the reader went', async () => {
    await bob.goto('/people');
    await postAll(ada, channel, numbered('Card', 46, 120));
    await row(bob.page, /general/).click();
    await bob.page.getByRole('button', { name: 'Latest' }).click();
    await message(bob.page, 'Card 120.').waitFor();
    const first = bob.page.getByRole('button', { name: /new messages$/ });
    await first.waitFor();
    await bob.inspect('unread-above');
    await first.click();
    await bob.page.getByText('New', { exact: true }).waitFor();
    await message(bob.page, 'Card 117.').waitFor({ state: 'detached' });
  });

  await t.test('reads all by hand, with a way back', async () => {
    await bob.page.getByRole('button', { name: 'Latest' }).click();
    await message(bob.page, 'Card 120.').waitFor();
    await bob.page.getByRole('button', { name: 'Mark all read' }).click();
    await eventually(async () => (await counted(phone, 'unread').count()) === 0, 'the other device knows');
    await bob.page.getByRole('button', { name: 'Undo' }).click();
    await counted(phone, 'unread').waitFor();
    await bob.page.getByRole('button', { name: 'Mark all read' }).click();
    await eventually(async () => (await counted(phone, 'unread').count()) === 0, 'the other device knows again');
  });

  await t.test('unread from here stays so while it is looked at', async () => {
    await act(bob.page, message(bob.page, 'Card 118.'), 'Unread from here');
    await counted(phone, '3 unread').waitFor();
    await pause(2_000);
    await counted(bob, '3 unread').waitFor();
    await bob.goto('/people');
    await counted(bob, '3 unread').waitFor();
  });

  await t.test('two tabs agree', async () => {
    const first = bob.page;
    const second = await bob.openPage();
    await open(bob, channel);
    await message(second, 'Card 120.').waitFor();
    await eventually(async () => (await counted(bob, 'unread').count()) === 0, 'read in the second tab');
    await eventually(async () => (await row(first, /general.*unread/).count()) === 0, 'and so in the first');
    await field(second).fill('From the second tab');
    await field(second).press('Enter');
    await message(second, 'From the second tab').waitFor();
    await first.goto(second.url());
    await message(first, 'From the second tab').waitFor();
    assert.equal(await message(first, 'From the second tab').count(), 1);
    await second.close();
    bob.page = first;
  });

  await t.test('a followed topic counts once, and is read once', async () => {
    await bob.goto('/people');
    const origin = await post(bob, channel, 'Where is the oil?');
    const topic = await bob.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Oil', origin_id: origin.id });
    await post(ada, channel, 'On the shelf', { topic_id: topic.id });
    await post(ada, channel, 'Left of the window', { topic_id: topic.id });
    const link = row(phone.page, /Oil.*2/);
    await link.waitFor();
    await phone.inspect('topic-unread');
    await bob.goto(`/c/${channel.id}/t/${topic.id}`);
    await inTopic(bob.page, 'Left of the window').waitFor();
    await link.waitFor({ state: 'detached' });
  });

  await t.test('a draft follows to the other device, and is gone when it is sent', async () => {
    await open(bob, channel);
    await open(phone, channel);
    await field(bob.page).fill('I will bring the');
    await eventually(async () => (await field(phone.page).inputValue()) === 'I will bring the', 'the draft arrived');
    await field(phone.page).fill('I will bring the punched cards');
    await eventually(async () => (await field(bob.page).inputValue()) === 'I will bring the punched cards', 'and came back');
    await field(phone.page).press('Enter');
    await message(bob.page, 'I will bring the punched cards').waitFor();
    await eventually(async () => (await field(bob.page).inputValue()) === '', 'the draft is gone here too');
    await bob.page.reload();
    await message(bob.page, 'I will bring the punched cards').waitFor();
    assert.equal(await field(bob.page).inputValue(), '');
  });

  await t.test('two drafts at once: neither is lost', async () => {
    await bob.context.setOffline(true);
    await field(bob.page).fill('Written on the train');
    await field(phone.page).fill('Written at home');
    await pause(2_000);
    await bob.context.setOffline(false);
    await bob.page.getByText('Another device has a newer draft.').waitFor({ timeout: 15_000 });
    assert.equal(await field(bob.page).inputValue(), 'Written on the train');
    await bob.inspect('draft-conflict');
    await bob.page.getByRole('button', { name: 'Use it' }).click();
    assert.equal(await field(bob.page).inputValue(), 'Written at home');
  });

  const drafts = async () => (await bob.request('GET', '/api/start')).drafts.map(({ text }) => text);

  await t.test('what was sent does not come back, however late its draft is saved', async () => {
    await bob.page.route('**/api/drafts', async (route) => {
      await pause(2_000);
      await route.continue();
    });
    await field(bob.page).fill('Half a');
    await bob.page.waitForRequest('**/api/drafts');
    await field(bob.page).fill('Half a thought');
    await field(bob.page).press('Enter');
    await message(bob.page, 'Half a thought').waitFor();
    await pause(6_000);
    for (const { page } of [bob, phone]) {
      assert.equal(await field(page).inputValue(), '');
      assert.equal(await page.getByText('Another device has a newer draft.').count(), 0);
    }
    assert.deepEqual(await drafts(), []);
    await bob.page.unroute('**/api/drafts');
  });

  await t.test('two tabs of a browser write one draft', async () => {
    const left = bob.page;
    const right = await bob.openPage();
    await open(bob, channel);
    await field(left).fill('One');
    await eventually(async () => (await field(right).inputValue()) === 'One', 'it stands in the other tab at once', 1_000);
    await field(right).fill('One text');
    await eventually(async () => (await field(left).inputValue()) === 'One text', 'and back', 1_000);
    await eventually(async () => (await drafts()).includes('One text'), 'it is saved');
    await field(left).press('Enter');
    await message(right, 'One text').waitFor();
    await eventually(async () => (await drafts()).length === 0, 'it is sent');
    for (const page of [left, right]) {
      assert.equal(await field(page).inputValue(), '');
      assert.equal(await page.getByText('Another device has a newer draft.').count(), 0);
    }
    await right.close();
    bob.page = left;
  });
});
