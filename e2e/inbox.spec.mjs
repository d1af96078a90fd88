/** What needs me, what else is new, and an end; marking as read and taking it back; catching up; what was decided. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { general, newId, post } from './talk.mjs';

test('inbox', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const lab = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'lab', kind: 'public' });
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await bob.request('POST', `/api/channels/${lab.id}/join`, {});
  const { id: bob_id } = await bob.request('GET', '/api/me');
  const { page } = bob;
  const list = (name) => page.getByRole('list', { name });

  await t.test('with nothing new it says so', async () => {
    await bob.goto('/inbox');
    await page.getByText('Nothing needs you, and nothing is new.').waitFor();
    await bob.inspect('inbox-empty');
  });

  await t.test('what needs me comes first, while it happens', async () => {
    await post(ada, channel, 'The mill opens on Monday.');
    await post(ada, { id: lab.id }, `<@${bob_id}> has the key.`);
    const direct = await ada.request('POST', '/api/directs', { people: [bob_id] });
    await post(ada, direct, 'Coffee?');
    await ada.request('POST', `/api/channels/${channel.id}/asks`, {
      message: { id: newId(), text: 'Which date suits your group?' },
      ask: { kind: 'question', people: [bob_id] },
    });
    await list('On me').getByText('Which date suits your group?').waitFor();
    await list('Who calls you').getByText('Ada Lovelace: Coffee?').waitFor();
    await list('Who calls you').getByText('Ada Lovelace: @Bob Frost has the key.').waitFor();
    assert.equal(await list('Everything else').getByRole('listitem').count(), 2);
    await page.getByText('That is all.').waitFor();
    await page.getByText('4 unread, 3 need you').waitFor();
    await page.getByRole('link', { name: /^Inbox\W+3 for you$/ }).first().waitFor();
    await bob.inspect('inbox-full');
  });

  await t.test('everything by keyboard, and back again', async () => {
    const rest = list('Everything else');
    await rest.getByRole('link').first().focus();
    await page.keyboard.press('e');
    await page.getByText('Marked as read: 1 conversation.').waitFor();
    await eventually(async () => (await rest.getByRole('listitem').count()) === 1, 'one line is gone');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await eventually(async () => (await rest.getByRole('listitem').count()) === 2, 'it is back');
    await list('On me').getByRole('link').first().focus();
    await page.keyboard.press('j');
    assert.match(await page.evaluate(() => document.activeElement.innerText), /Coffee/);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('article').filter({ hasText: 'Which date suits your group?' }).first().waitFor();
    await page.goBack();
  });

  await t.test('all of it at once, on another device too, and the ask stays', async () => {
    const phone = await bob.newDevice();
    await phone.goto('/inbox');
    await page.getByRole('button', { name: 'Mark all of it as read' }).click();
    await page.getByText(/Marked as read: \d conversations\./).waitFor();
    await eventually(async () => (await phone.page.getByRole('list', { name: 'Everything else' }).count()) === 0, 'the phone knows');
    await list('On me').getByText('Which date suits your group?').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /Take back what was marked as read/ }).click();
    await eventually(async () => (await list('Everything else').getByRole('listitem').count()) === 2, 'it can be taken back after a reload');
    await phone.close?.();
  });

  await t.test('catching up in the time there is', async () => {
    const topic = await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Fonts', message: { id: newId(), text: 'Which fonts?' } });
    await ada.request('PATCH', `/api/channels/${channel.id}/topics/${topic.id}`, { state: 'decided', decision: 'We take Inter.' });
    await bob.goto('/inbox');
    await page.getByRole('link', { name: 'Catch up' }).click();
    await list('Catch up').getByText('We take Inter.').waitFor();
    await page.getByRole('button', { name: '2 minutes' }).click();
    await list('Catch up').getByText('Which date suits your group?').waitFor();
    await bob.inspect('catch-up');
  });

  await t.test('what was decided stays findable', async () => {
    await bob.goto('/decisions');
    await page.getByRole('list', { name: 'Decisions' }).getByText('We take Inter.').waitFor();
    await bob.inspect('decisions');
    await page.getByRole('list', { name: 'Decisions' }).getByRole('link').first().click();
    await page.getByRole('complementary', { name: 'Fonts' }).getByText('We take Inter.').first().waitFor();
  });
});
