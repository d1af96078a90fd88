/** Thanking people: from the composer, from a message; and once a week what was thanked for, where the space chose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { act, general, message, newId, open, say } from './talk.mjs';

test('thanks', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await open(ada, channel);
  await open(bob, channel);

  await t.test('from the composer, to whoever is chosen; everybody sees whom it thanks', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'More ways to send' }).click();
    await page.getByRole('menuitem', { name: 'Say thanks' }).click();
    const dialog = page.getByRole('dialog', { name: 'Say thanks' });
    const thank = dialog.getByRole('button', { name: 'Thank', exact: true });
    assert.equal(await thank.isDisabled(), true, 'to somebody, for something');
    await dialog.getByLabel('Find people by name').fill('bob');
    await dialog.getByRole('option', { name: /Bob Frost/ }).click();
    await dialog.getByLabel('What for').fill('You found the leak before anybody was wet.');
    await ada.inspect('thanks-dialog');
    await thank.click();
    await message(bob.page, 'You found the leak').getByText('Thanks to Bob Frost').waitFor();
    await bob.inspect('thanks-card');
  });

  await t.test('from a message, to whoever wrote it', async () => {
    await say(bob.page, 'The valve is closed');
    await message(ada.page, 'The valve is closed').waitFor();
    await act(ada.page, message(ada.page, 'The valve is closed'), 'Say thanks');
    const dialog = ada.page.getByRole('dialog', { name: 'Say thanks' });
    await dialog.getByText('Bob Frost').first().waitFor();
    await dialog.getByLabel('What for').fill('For closing the valve.');
    await dialog.getByText('May be told again').click();
    await dialog.getByRole('button', { name: 'Thank', exact: true }).click();
    await message(bob.page, 'For closing the valve.').getByText('Thanks to Bob Frost').waitFor();
  });

  await t.test('from the card of a person, where one is; from their page, between the two', async () => {
    const { page } = ada;
    await message(page, 'The valve is closed').getByRole('button', { name: 'Bob Frost' }).first().click();
    const card = page.getByRole('dialog', { name: 'Bob Frost' });
    await card.getByRole('button', { name: 'Say thanks' }).waitFor();
    await ada.inspect('thanks-person-card');
    await card.getByRole('button', { name: 'Say thanks' }).click();
    const dialog = page.getByRole('dialog', { name: 'Say thanks' });
    await dialog.getByRole('list', { name: 'Chosen people' }).getByText('Bob Frost').waitFor();
    await dialog.getByLabel('What for').fill('For coming at once.');
    await dialog.getByRole('button', { name: 'Thank', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await message(bob.page, 'For coming at once.').getByText('Thanks to Bob Frost').waitFor();
    await ada.goto(`/people/${(await bob.request('GET', '/api/me')).id}`);
    await page.getByRole('button', { name: 'Say thanks' }).click();
    await dialog.getByLabel('What for').fill('Only for you.');
    await dialog.getByRole('button', { name: 'Thank', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const { id: direct } = await ada.request('POST', '/api/directs', { people: [(await bob.request('GET', '/api/me')).id] });
    const { messages } = await bob.request('GET', `/api/channels/${direct}/messages`);
    assert.deepEqual(messages.map(({ text }) => text), ['Only for you.']);
    await open(ada, channel);
  });

  await t.test('nobody thanks themselves', async () => {
    const own = message(bob.page, 'The valve is closed');
    await own.hover();
    await own.getByRole('button', { name: 'More' }).click();
    await bob.page.getByRole('menuitem', { name: 'Forward' }).waitFor();
    assert.equal(await bob.page.getByRole('menuitem', { name: 'Say thanks' }).count(), 0);
    await bob.page.keyboard.press('Escape');
  });

  await t.test('whoever looks after a space chooses where thanks are gathered; others read it', async () => {
    const { page } = ada;
    await ada.goto(`/browse/${channel.space_id}?tab=settings`);
    const part = page.getByRole('region', { name: 'Thanks of the week' });
    await part.getByLabel('Channel').selectOption({ label: '#general' });
    await part.getByRole('button', { name: 'Save' }).click();
    await part.getByText('The next one comes on').waitFor();
    await ada.inspect('thanks-place');
    await bob.goto(`/browse/${channel.space_id}?tab=settings`);
    const read = bob.page.getByRole('region', { name: 'Thanks of the week' });
    await read.getByText('Gathered in #general.').waitFor();
    assert.equal(await read.getByRole('button', { name: 'Save' }).count(), 0);
  });

  await t.test('what a week tells stands under its message, with a way to each', async () => {
    const { page } = bob;
    const id = newId();
    const said = (await bob.request('GET', `/api/channels/${channel.id}/messages`)).messages.find(({ text }) => text === 'For closing the valve.');
    const people = [await ada.request('GET', '/api/me'), await bob.request('GET', '/api/me')];
    const thanks = { message_id: said.id, channel_id: channel.id, giver_id: people[0].id, people: [people[1].id], may_gather: true, at: said.at };
    const items = [{ thanks, text: 'For closing the valve.', can_open: true }];
    await page.route('**/api/channels/*/gatherings/*', (route) => route.fulfill({ json: { message_id: id, items, people } }));
    await page.route('**/api/channels/*/messages?*', async (route) => {
      const answer = await route.fetch();
      const body = await answer.json();
      const last = body.messages?.find((each) => each.id === said.id);
      if (last) last.card = { kind: 'gathering', id };
      await route.fulfill({ response: answer, json: body });
    });
    await page.route('**/api/start*', async (route) => {
      const answer = await route.fetch();
      const text = (await answer.text()).replace(`{"kind":"thanks","id":"${said.id}"}`, `{"kind":"gathering","id":"${id}"}`);
      await route.fulfill({ response: answer, body: text });
    });
    await open(bob, channel);
    const week = page.getByRole('list', { name: 'Thanks of the week' });
    await week.getByText('Ada Lovelace to Bob Frost').waitFor();
    assert.equal(await week.getByRole('link', { name: 'Open' }).count(), 1);
    await bob.inspect('thanks-gathering');
  });
});
