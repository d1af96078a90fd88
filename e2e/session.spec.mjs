/**
 * One session from its beginning to its end: three browsers and two programs with LiveKit's client for Python, a shared screen, a
 * poll, a question, two breakouts, somebody on a bad line who loses the network, a decision; and somebody who slept.
 */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openBadNetwork } from './badNetwork.mjs';
import { choose, control, received, tiles, until, watch } from './calls.mjs';
import { openHouse } from './harness.mjs';
import { pythonPerson, withoutPython } from './pythonPerson.mjs';
import { general, inTopic, newId, open } from './talk.mjs';

async function freeUdpPort() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

test('a session from its beginning to its end', { skip: withoutPython }, async (t) => {
  const mediaPort = await freeUdpPort();
  const house = await openHouse(t, { ANTIPHON_LIVE_PORT: String(mediaPort) });
  const network = await openBadNetwork(t, { url: house.url, mediaPort }, { lossPercent: 5, kbps: 400 });
  const ada = await house.newOwner();
  const channel = await general(ada);
  const people = {};
  for (const [key, name] of [['bob', 'Bob Frost'], ['cleo', 'Cleo Baker'], ['pia', 'Pia Lind'], ['per', 'Per Holm'], ['dan', 'Dan Hill']]) {
    people[key] = await house.newPerson(name, { spaceId: channel.space_id });
  }
  await watch(ada.page);
  await watch(people.cleo.page);
  await watch(people.bob.page, [mediaPort, network.mediaPort]);
  const topic_id = newId();
  let live_id;
  const programs = [];
  const session = async () => (await ada.request('GET', `/api/channels/${channel.id}/live/${live_id}`)).session;
  const ask = (verb, path, body) => ada.request(verb, `/api/channels/${channel.id}${path}`, body);

  await t.test('it begins in a topic, and calls somebody who sleeps', async () => {
    await ask('POST', '/topics', { id: topic_id, title: 'The trip', message: { id: newId(), text: 'Where do we go?' } });
    await ada.goto(`/c/${channel.id}/t/${topic_id}`);
    await ada.page.getByRole('button', { name: 'Take it live' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Go live' });
    await dialog.getByLabel('What is it about?').fill(`Where do we go? <@${people.dan.me.id}>`);
    await dialog.getByRole('button', { name: 'Go live' }).click();
    await ada.page.getByRole('region', { name: 'Before you come in' }).waitFor();
    live_id = ada.page.url().split('/').at(-1);
    assert.equal((await session()).backchannel_id, topic_id);
  });

  await t.test('three browsers and two programs are in, one of them behind a bad line', async () => {
    for (const person of [people.bob, people.cleo]) {
      await open(person, channel);
      await person.page.getByRole('navigation', { name: 'Live now' }).getByRole('listitem').getByRole('link').click();
    }
    // Two browsers that draw and code pictures of their own are work enough for a small machine.
    for (const { page } of [ada, people.cleo]) await page.getByRole('switch', { name: 'With camera' }).click();
    for (const { page } of [ada, people.bob, people.cleo]) await page.getByRole('button', { name: 'Join' }).click();
    for (const person of [people.pia, people.per]) {
      const { token } = await person.request('POST', `/api/channels/${channel.id}/live/${live_id}/enter`, { device: 'program' });
      const program = pythonPerson(t, { url: house.url }, person.me.name);
      await program.do('join', { url: house.url.replace('http', 'ws'), token });
      await program.do('speak');
      await program.do('show');
      programs.push(program);
    }
    for (const { page } of [ada, people.bob, people.cleo]) await tiles(page).nth(4).waitFor();
    await until(async () => (await session()).n_in === 5, 'all five are written down');
    for (const { page, me } of [ada, people.bob, people.cleo]) {
      const before = await received(page);
      await until(async () => (await received(page)).audio > before.audio + 200, `${me.name} hears the others`);
    }
    for (const { page, me } of [ada, people.cleo]) {
      const before = await received(page);
      await until(async () => (await received(page)).video > before.video + 20, `${me.name} sees the others`);
    }
    // On such a line sound goes first, and pictures come as far as it holds them.
    t.diagnostic(`frames seen on the bad line so far: ${(await received(people.bob.page)).video}`);
    for (const program of programs) {
      await until(async () => Object.values((await program.tells()).sound).filter(({ frames }) => frames > 50).length >= 4, 'a program hears four');
    }
  });

  await t.test('a screen is shared, and stands large', async () => {
    await control(people.cleo.page, 'Share').click();
    await ada.page.locator('li[data-large]', { hasText: 'Cleo Baker shows their screen' }).waitFor();
    await ada.inspect('session-screen');
    await control(people.cleo.page, 'Share').click();
    await ada.page.locator('li[data-large]').waitFor({ state: 'detached' });
  });

  await t.test('a poll and a question stand beside the stage', async () => {
    const poll = { id: newId(), message_id: newId(), topic_id, question: 'Sea or mountains?', options: ['Sea', 'Mountains'] };
    await ask('POST', '/polls', poll);
    const board = { id: newId(), message_id: newId(), topic_id, about: 'Questions about the trip' };
    await ask('POST', '/questions', board);
    await people.cleo.request('POST', `/api/channels/${channel.id}/questions/${board.id}/items`, { id: newId(), text: 'Who pays the bus?' });
    await control(people.bob.page, 'Backchannel').click();
    await inTopic(people.bob.page, 'Sea or mountains?').getByRole('radio', { name: /Sea/ }).or(inTopic(people.bob.page, 'Sea or mountains?').getByRole('button', { name: /Sea/ })).first().click();
    await people.bob.page.locator('[data-pane="aside"]').getByText('Who pays the bus?').waitFor();
    await choose(people.cleo.page, 'Questions', 'menuitemcheckbox');
    await people.cleo.page.getByRole('complementary', { name: 'Questions' }).getByText('Who pays the bus?').waitFor();
  });

  await t.test('two breakouts are opened, and all come back', async () => {
    await choose(ada.page, 'Breakouts', 'menuitemcheckbox');
    const panel = ada.page.getByRole('complementary', { name: 'Breakouts' });
    await panel.getByLabel('Rooms').fill('Sea\nMountains');
    await panel.getByText('I say who').click();
    await panel.getByLabel('Bob Frost').selectOption('Sea');
    await panel.getByLabel('Cleo Baker').selectOption('Sea');
    await panel.getByRole('button', { name: 'Open the rooms' }).click();
    for (const { page } of [people.bob, people.cleo]) {
      await page.getByText('You are in “Sea”').waitFor();
      await until(async () => (await tiles(page).count()) === 2, 'two are in the room');
    }
    await ask('POST', `/live/${live_id}/notes`, { id: newId(), text: 'Two minutes.' });
    const { id: sea } = (await ask('GET', `/live/${live_id}`)).breakouts[0];
    await people.bob.request('POST', `/api/channels/${channel.id}/live/${live_id}/notes`, { id: newId(), breakout_id: sea, text: 'The sea is nearer.' });
    await panel.getByRole('button', { name: 'Back now' }).click();
    for (const { page } of [ada, people.bob, people.cleo]) await until(async () => (await tiles(page).count()) === 5, 'all are back');
    await panel.getByRole('button', { name: 'Close' }).click();
  });

  await t.test('who loses the network for fifteen seconds is back by themselves, in the same session', async () => {
    network.goAway();
    await pause(15_000);
    network.comeBack();
    const { page } = people.bob;
    const before = (await received(page)).audio;
    await until(async () => (await received(page)).audio > before + 100, 'bob hears again', 40_000);
    await until(async () => (await tiles(ada.page).count()) === 5, 'nobody is missing, and nobody is there twice');
    assert.equal((await session()).n_came, 5);
  });

  await t.test('it ends with a decision', async () => {
    await choose(ada.page, 'End for all');
    const dialog = ada.page.getByRole('dialog', { name: 'End it for all?' });
    await dialog.getByLabel('What was decided?').fill('We go to the sea.');
    await dialog.getByRole('switch', { name: 'Dan Hill' }).waitFor();
    await dialog.getByRole('button', { name: 'End for all' }).click();
    await until(async () => (await session()).ended_at !== null, 'it has ended');
    assert.equal((await session()).decision.final_at, null);
  });

  await t.test('who slept finds it all in its place, votes, and objects in time', async () => {
    const { dan } = people;
    await dan.goto(`/c/${channel.id}/t/${topic_id}`);
    for (const text of ['The sea is nearer', 'Sea or mountains?', 'Questions about the trip', 'We go to the sea.']) {
      await inTopic(dan.page, text).first().waitFor();
    }
    await dan.page.locator('[data-pane="aside"]').getByText('Who pays the bus?').waitFor();
    const poll = inTopic(dan.page, 'Sea or mountains?');
    await poll.getByRole('radio', { name: /Mountains/ }).or(poll.getByRole('button', { name: /Mountains/ })).first().click();
    const { page } = dan;
    const decision = page.getByRole('group', { name: 'Decision' });
    await decision.getByText(/Provisional until/).waitFor();
    await decision.getByRole('button', { name: 'Object' }).click();
    const dialog = page.getByRole('dialog', { name: 'Object to this decision?' });
    await dialog.getByLabel('Why?').fill('I cannot swim.');
    await dialog.getByRole('button', { name: 'Object' }).click();
    await decision.getByText('Dan Hill objected. The topic is open again.').waitFor();
    await until(async () => (await ask('GET', `/topics/${topic_id}`)).topic.state === 'open', 'the topic is open again');
    await dan.inspect('session-found');
  });
});
