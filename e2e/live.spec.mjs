/** A conversation goes live: who is in is heard and seen, hands go up in order, and what it was stays in its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choose, control, received, tiles, until, watch } from './calls.mjs';
import { openHouse } from './harness.mjs';
import { general, inTopic, message, open, post, reply, worksAlways } from './talk.mjs';

test('live sessions', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cleo = await house.newPerson('Cleo Baker', { spaceId: channel.space_id });
  const dan = await house.newPerson('Dan Hill', { spaceId: channel.space_id });
  for (const { page } of [ada, bob, cleo]) await watch(page);

  await t.test('one goes live from the header, and the doors stay closed until they are opened', async () => {
    await open(bob, channel);
    await open(ada, channel);
    await ada.page.getByRole('button', { name: 'Go live' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Go live' });
    await dialog.getByLabel('What is it about?').fill(`Which bus do we take? <@${dan.me.id}>`);
    await dialog.getByRole('switch', { name: 'Others can come in at once' }).click();
    await ada.inspect('live-begin');
    await dialog.getByRole('button', { name: 'Go live' }).click();
    await ada.page.getByRole('region', { name: 'Before you come in' }).waitFor();
    await ada.inspect('live-lobby');
    const strip = message(bob.page, 'Which bus do we take?').getByRole('group', { name: 'Live now' });
    await strip.getByText('Being prepared').waitFor();
    await strip.getByRole('link', { name: 'Join' }).click();
    await bob.page.getByText('Whoever hosts this opens the doors. You can wait here.').waitFor();
    await bob.inspect('live-lobby-waiting');
    await ada.page.getByRole('button', { name: 'Open the doors' }).click();
    await bob.page.getByText('Nobody is in yet.').waitFor();
  });

  await t.test('both are heard and seen', async () => {
    for (const { page } of [ada, bob]) {
      await page.getByRole('switch', { name: 'With camera' }).click();
      await page.getByRole('button', { name: 'Join' }).click();
    }
    for (const { page } of [ada, bob]) {
      await tiles(page).nth(1).waitFor();
      await until(async () => (await received(page)).audio > 50, 'sound is heard');
      await until(async () => (await received(page)).video > 10, 'pictures are seen');
    }
    await tiles(ada.page).filter({ hasText: 'Bob Frost' }).waitFor();
    await ada.inspect('live-both');
  });

  await t.test('who is in is in the record, and on the strip', async () => {
    await until(async () => (await ada.request('GET', '/api/live')).sessions[0].n_in === 2, 'both are written down');
    await open(cleo, channel);
    const strip = message(cleo.page, 'Which bus do we take?').getByRole('group', { name: 'Live now' });
    await strip.getByText('2 people are in').waitFor();
    await cleo.page.getByRole('navigation', { name: 'Live now' }).getByText('Which bus do we take?').waitFor();
    await cleo.inspect('live-strip');
    await cleo.page.getByRole('navigation', { name: 'Live now' }).getByRole('link', { name: 'Live now' }).click();
    await cleo.page.locator('main, [data-pane]').getByRole('link', { name: /Which bus do we take/ }).last().waitFor();
    await cleo.inspect('live-now');
  });

  await t.test('one is muted by keyboard, and the others see it', async () => {
    await bob.page.locator('body').press('m');
    await control(bob.page, 'Unmute').waitFor();
    await tiles(ada.page).filter({ hasText: 'Bob Frost' }).getByLabel('muted').waitFor();
    await control(bob.page, 'Unmute').click();
    await tiles(ada.page).filter({ hasText: 'Bob Frost' }).getByLabel('muted').waitFor({ state: 'detached' });
  });

  await t.test('a hand goes up, and whoever hosts takes it down', async () => {
    await control(bob.page, 'Hand').click();
    const hands = ada.page.getByRole('list', { name: 'Who wants to speak' });
    await hands.getByText('Bob Frost').waitFor();
    await ada.inspect('live-hand');
    await hands.getByRole('button', { name: 'Done: Bob Frost' }).click();
    await hands.waitFor({ state: 'detached' });
    assert.equal(await control(bob.page, 'Hand').getAttribute('aria-pressed'), 'false');
  });

  await t.test('what is written beside the stage stands in the topic', async () => {
    await control(ada.page, 'Backchannel').click();
    await ada.page.locator('[data-pane="aside"] textarea[data-composer]').waitFor();
    await reply(ada.page, 'The early one is full.');
    await inTopic(ada.page, 'The early one is full.').waitFor();
    const { sessions } = await ada.request('GET', '/api/live');
    await post(cleo, channel, 'I come later.', { topic_id: sessions[0].backchannel_id });
    await inTopic(ada.page, 'I come later.').waitFor();
    await ada.inspect('live-backchannel');
    await control(ada.page, 'Backchannel').click();
  });

  await t.test('there is an agenda with a clock', async () => {
    await choose(ada.page, 'Agenda', 'menuitemcheckbox');
    const panel = ada.page.getByRole('complementary', { name: 'Agenda' });
    await panel.getByRole('button', { name: 'Write an agenda' }).click();
    await panel.getByLabel('Point 1', { exact: true }).fill('What does it cost?');
    await panel.getByLabel('Minutes', { exact: true }).first().fill('5');
    await panel.getByRole('button', { name: 'Save' }).click();
    await panel.getByRole('button', { name: 'Go to it: What does it cost?' }).click();
    await bob.page.getByText(/00:\d\d of 5 minutes/).waitFor();
    await ada.inspect('live-agenda');
    await panel.getByRole('button', { name: 'Close' }).click();
  });

  await t.test('a sign is seen for a moment, and one picture is large', async () => {
    await control(bob.page, 'React').click();
    await bob.page.getByRole('menuitem', { name: 'Applause' }).click();
    await ada.page.getByRole('status', { name: 'Bob Frost: 👏' }).waitFor();
    const tile = tiles(ada.page).filter({ hasText: 'Bob Frost' });
    await tile.getByRole('button', { name: 'Show large: Bob Frost' }).click();
    await ada.page.locator('li[data-large]', { hasText: 'Bob Frost' }).waitFor();
    await tile.getByRole('button', { name: 'No longer large: Bob Frost' }).click();
  });

  await t.test('whoever holds the space bar speaks for as long', async () => {
    await control(bob.page, 'Mute').click();
    await control(bob.page, 'Unmute').waitFor();
    await bob.page.getByRole('heading', { name: /Which bus/ }).click();
    await bob.page.keyboard.down(' ');
    await control(bob.page, 'Mute').waitFor();
    await bob.page.keyboard.up(' ');
    await control(bob.page, 'Unmute').waitFor();
    await control(bob.page, 'Unmute').click();
  });

  await t.test('smaller rooms have their own sound and notes, and what they wrote comes back', async () => {
    await cleo.page.getByRole('navigation', { name: 'Live now' }).getByRole('link', { name: /Which bus/ }).click();
    await cleo.page.getByRole('button', { name: 'Join' }).click();
    await tiles(ada.page).nth(2).waitFor();
    await choose(ada.page, 'Breakouts', 'menuitemcheckbox');
    const panel = ada.page.getByRole('complementary', { name: 'Breakouts' });
    await ada.inspect('live-rooms-before');
    await panel.getByLabel('Rooms').fill('Costs\nTimes');
    await panel.getByRole('button', { name: 'Open the rooms' }).click();
    await panel.getByRole('region', { name: 'Costs' }).waitFor();
    for (const { page } of [bob, cleo]) {
      await page.getByText(/You are in “(Costs|Times)”/).waitFor();
      await until(async () => (await tiles(page).count()) === 1, 'each is alone in a room');
    }
    await until(async () => (await tiles(ada.page).count()) === 1, 'nobody is left in the large room');
    await ada.inspect('live-rooms');
    await control(bob.page, 'Notes').click();
    const notes = bob.page.getByRole('complementary', { name: 'Notes' });
    await notes.getByLabel('Write for this room').fill('Three each is fair.');
    await notes.getByRole('button', { name: 'Write' }).click();
    await notes.getByText('Three each is fair.').waitFor();
    await panel.getByLabel('To all rooms').fill('One minute left.');
    await panel.getByRole('button', { name: 'Tell all' }).click();
    await notes.getByText('One minute left.').waitFor();
    await bob.inspect('live-notes');
    await panel.getByRole('button', { name: 'Back now' }).click();
    for (const { page } of [ada, bob, cleo]) {
      await until(async () => (await tiles(page).count()) === 3, 'all are back');
    }
    const { sessions } = await ada.request('GET', '/api/live');
    const { messages } = await ada.request('GET', `/api/channels/${channel.id}/messages?topic=${sessions[0].backchannel_id}`);
    assert.ok(messages.some(({ text }) => /^\*\*(Costs|Times)\*\* \(Bob Frost\)\n\nBob Frost: Three each is fair\\\.$/.test(text)), JSON.stringify(messages.map(({ text }) => text)));
    await control(cleo.page, 'Leave').click();
    await panel.getByRole('button', { name: 'Close' }).click();
    await inTopic(bob.page, 'Three each is fair').waitFor();
    await control(bob.page, 'Backchannel').click();
  });

  await t.test('who loads the page again takes their own place', async () => {
    await bob.page.reload();
    await bob.page.getByRole('button', { name: 'Join' }).click();
    await tiles(bob.page).nth(1).waitFor();
    await until(async () => (await tiles(ada.page).count()) === 2, 'nobody stands there twice');
    await until(async () => (await received(bob.page)).audio > 50, 'sound is heard again');
  });

  await t.test('after the server was started again both are back by themselves, in the same session', async () => {
    await control(ada.page, 'People').click();
    // Whoever's socket asks in that moment is refused.
    for (const person of [ada, bob, cleo, dan]) person.expectConsole(/ERR_CONNECTION_REFUSED/);
    await house.stop();
    await house.start();
    await until(async () => (await ada.request('GET', '/api/live')).sessions[0]?.n_in === 2, 'both are back');
    await ada.page.getByRole('complementary', { name: 'People' }).getByRole('button', { name: 'Close' }).click();
    for (const { page } of [ada, bob]) {
      await tiles(page).nth(1).waitFor();
      const before = (await received(page)).audio;
      await until(async () => (await received(page)).audio > before + 50, 'sound goes on');
    }
    assert.equal((await ada.request('GET', '/api/live')).sessions.length, 1);
  });

  await t.test('a server that is killed has what was said up to that moment, and the same session', async () => {
    const { sessions: [before] } = await ada.request('GET', '/api/live');
    await post(ada, channel, 'Said just before the lights went out.', { topic_id: before.backchannel_id });
    await house.kill();
    await house.start();
    await until(async () => (await ada.request('GET', '/api/live')).sessions[0]?.n_in === 2, 'both are back');
    const { sessions: [after] } = await ada.request('GET', '/api/live');
    assert.deepEqual([after.id, after.started_at, after.backchannel_id], [before.id, before.started_at, before.backchannel_id]);
    await control(ada.page, 'Backchannel').click();
    await inTopic(ada.page, 'Said just before the lights went out.').waitFor();
    await control(ada.page, 'Backchannel').click();
  });

  await t.test('the end asks what came of it, sends everybody home, and leaves a card', async () => {
    await choose(ada.page, 'End for all');
    const dialog = ada.page.getByRole('dialog', { name: 'End it for all?' });
    await dialog.getByLabel('What was decided?').fill('We take the early bus.');
    await dialog.getByRole('switch', { name: 'Dan Hill' }).waitFor();
    await ada.inspect('live-end');
    await dialog.getByRole('button', { name: 'End for all' }).click();
    const card = message(ada.page, 'Which bus do we take?').getByRole('group', { name: 'Live session' });
    await card.getByText(/\d+ minutes? · 3 people were there · something was decided/).waitFor();
    await bob.page.getByText('What was written and decided stands in the conversation.').waitFor();
    await ada.inspect('live-card');
    assert.deepEqual((await ada.request('GET', '/api/live')).sessions, []);
    await cleo.goto('/live');
    await cleo.page.getByText('Nothing is live now.').waitFor();
    await cleo.inspect('live-now-empty');
  });

  await t.test('whoever was absent finds it in the topic, is asked, and objects in time', async () => {
    const { items } = await dan.request('GET', '/api/asks?side=on_me');
    assert.equal(items[0].text, 'We take the early bus.');
    await dan.goto('/inbox');
    await dan.page.getByRole('listitem').filter({ hasText: 'We take the early bus.' }).getByText(/^Provisional until/).waitFor();
    await dan.inspect('live-provisional-inbox');
    await dan.goto('/catch-up');
    await dan.page.getByRole('listitem').filter({ hasText: 'We take the early bus.' }).getByText(/^Provisional until/).waitFor();
    await dan.inspect('live-provisional-catch-up');
    await dan.goto('/decisions');
    await dan.page.getByRole('listitem').filter({ hasText: 'We take the early bus.' }).getByText(/^Provisional until/).waitFor();
    await dan.inspect('live-provisional-decisions');
    await dan.goto(`/c/${channel.id}/t/${items[0].topic_id}`);
    const decision = dan.page.getByRole('group', { name: 'Decision' });
    await decision.getByText(/Provisional until/).waitFor();
    await inTopic(dan.page, 'Three each is fair').waitFor();
    await dan.inspect('live-decision');
    await decision.getByRole('button', { name: 'Object' }).click();
    const dialog = dan.page.getByRole('dialog', { name: 'Object to this decision?' });
    await dialog.getByLabel('Why?').fill('It leaves before');
    // What others do meanwhile leaves the dialog as it is.
    await post(ada, channel, 'One more word.', { topic_id: items[0].topic_id });
    await inTopic(dan.page, 'One more word.').waitFor();
    await dan.inspect('live-objection');
    await dialog.getByLabel('Why?').fill('It leaves before school.');
    await dialog.getByRole('button', { name: 'Object' }).click();
    await decision.getByText('Dan Hill objected. The topic is open again.').waitFor();
    await inTopic(dan.page, 'It leaves before school.').waitFor();
    await dan.inspect('live-objected');
    assert.deepEqual((await dan.request('GET', '/api/asks?side=on_me')).items, []);
  });

  await t.test('in a direct conversation it rings', async () => {
    await worksAlways(bob);
    const direct = await ada.request('POST', '/api/directs', { people: [bob.me.id] });
    await open(ada, direct);
    await open(bob, channel);
    await ada.page.getByRole('button', { name: 'Go live' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Go live' });
    await dialog.getByLabel('What is it about?').fill('A word?');
    await dialog.getByRole('button', { name: 'Go live' }).click();
    const ring = bob.page.getByRole('alertdialog', { name: /is calling/ });
    await ring.waitFor();
    await bob.inspect('live-ring');
    await ring.getByRole('button', { name: 'Answer' }).click();
    await bob.page.getByRole('region', { name: 'Before you come in' }).waitFor();
    await ring.waitFor({ state: 'detached' });
  });

  await t.test('sound and line are tried before, and what is wrong is said in words', async () => {
    await bob.goto('/settings/calls');
    await bob.page.getByRole('button', { name: 'Try it' }).click();
    await bob.page.getByText('Say something.').waitFor();
    const found = bob.page.getByRole('list', { name: 'What was found' });
    await found.waitFor({ timeout: 30_000 });
    await found.getByText('It hears you.').waitFor();
    await found.getByText(/Direct, over UDP/).waitFor();
    await bob.inspect('live-test');
  });
});
