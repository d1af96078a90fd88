/** "Park it": a meeting at which somebody is away, or with nothing on its agenda, is written down instead, with due dates. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faketime, moment, openClock } from './clock.mjs';
import { openHouse } from './harness.mjs';
import { general, newId } from './talk.mjs';

const WEDNESDAY = '2027-03-10';
const refusal = { type: '/problems/forbidden', title: 'Not allowed', status: 403, detail: 'Not at this moment.' };
/** Where a topic is read. */
const topic = (page) => page.locator('[data-pane="aside"]');

test('park it', { skip: faketime ? false : 'libfaketime is not installed' }, async (t) => {
  const clock = await openClock(t, moment('2027-03-08T10:00', 'Europe/Berlin'));
  const house = await openHouse(t, clock.settings);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id, timezoneId: 'Asia/Tokyo' });
  for (const person of [ada, bob, cy]) await clock.bind(person);
  const { hours, revision } = await bob.request('GET', '/api/hours');
  await bob.request('PUT', '/api/hours', { hours: { ...hours, days_off: [{ first: WEDNESDAY, last: '2027-03-12', note: 'the sea' }] }, revision });

  const propose = (title, agenda, at, more) =>
    ada.request('POST', '/api/meetings', {
      id: newId(),
      words: { title, aim: 'decide', agenda },
      time: { starts: at, minutes: 30, time_zone: 'Europe/Berlin' },
      people: [{ person_id: bob.me.id }, { person_id: cy.me.id }],
      ...more,
    });
  const openMeeting = async ({ page }, title) => {
    await page.getByRole('button', { name: new RegExp(title) }).click();
    return page.getByRole('dialog', { name: title });
  };

  await t.test('whoever may change the meeting reads who is away; nobody else is asked to', async () => {
    await propose('Plan the spring', ['Who paints the crane?', 'What does it cost?'], `${WEDNESDAY}T10:00`, { channel_id: channel.id });
    await ada.goto('/schedule');
    const dialog = await openMeeting(ada, 'Plan the spring');
    await dialog.getByText('Bob Frost is asleep or away then. Park it: write down where we stand and what is open, with due dates.').waitFor();
    assert.equal(await dialog.getByRole('button', { name: 'Park it' }).count(), 1);
    await ada.inspect('park-hint');
    await cy.goto('/schedule');
    const other = await openMeeting(cy, 'Plan the spring');
    await other.getByText('Who paints the crane?').waitFor();
    assert.equal(await other.getByText('Park it').count(), 0);
  });

  await t.test('it is written down with due dates, and what fails after that is said and offered again', async () => {
    const { page } = ada;
    const meeting = page.getByRole('dialog', { name: 'Plan the spring' });
    await meeting.getByRole('button', { name: 'Park it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Park it' });
    await dialog.getByText('It begins the topic “Plan the spring” in #general.').waitFor();
    assert.equal(await dialog.getByLabel('What is open').inputValue(), 'Who paints the crane?\nWhat does it cost?');
    await dialog.getByRole('listitem').filter({ hasText: 'Bob Frost' }).getByText('by Mon 14:00').waitFor();
    await dialog.getByRole('listitem').filter({ hasText: 'Cy Young' }).getByText(/^by Tue .*there\)$/).waitFor();
    await dialog.getByLabel('Where we stand').fill('We have two offers for the paint.');
    await dialog.getByRole('switch', { name: 'Call the meeting off' }).click();
    await ada.inspect('park-dialog');
    ada.expectConsole(/403/);
    await page.route('**/api/meetings/*/cancel', (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) }));
    await dialog.getByRole('button', { name: 'Write and ask' }).click();
    await dialog.getByText('The meeting still stands: it could not be called off.').waitFor();
    await dialog.getByText('Not at this moment.').waitFor();
    await ada.inspect('park-still');
    await page.unroute('**/api/meetings/*/cancel');
    await dialog.getByRole('button', { name: 'Call it off' }).click();
    await topic(page).getByText('We have two offers for the paint.').waitFor();
    await ada.inspect('park-topic');
    const { items } = await bob.request('GET', '/api/asks?side=on_me');
    assert.equal(items.length, 1);
    await cy.page.getByRole('dialog', { name: 'Plan the spring' }).getByText('This meeting was called off.').waitFor();
    const { messages } = await ada.request('GET', `/api/channels/${channel.id}/messages`);
    assert.equal(messages.filter(({ text }) => text.includes('two offers')).length, 1, 'it was written once');
  });

  await t.test('what is waved away stays away on all devices, and can be parked all the same', async () => {
    const { page } = ada;
    const harbour = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'harbour', kind: 'private' });
    await ada.request('PUT', `/api/channels/${harbour.id}/members/${bob.me.id}`, { role: 'member' });
    await propose('About the ropes', [], '2027-03-09T10:00');
    const tablet = await ada.newDevice();
    await clock.bind(tablet);
    await tablet.goto('/schedule');
    const there = await openMeeting(tablet, 'About the ropes');
    await there.getByText(/^Nothing is on the agenda\./).waitFor();
    await ada.goto('/schedule');
    const dialog = await openMeeting(ada, 'About the ropes');
    await dialog.getByRole('button', { name: 'Not for this meeting' }).click();
    for (const one of [dialog, there]) await one.getByText(/^Nothing is on the agenda\./).waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Park it' }).click();
    const park = page.getByRole('dialog', { name: 'Park it' });
    await park.getByText(/The meeting belongs to no channel/).waitFor();
    await park.getByLabel('Where it is written').selectOption({ label: '#harbour' });
    await park.getByText('not in this channel, so not asked').waitFor();
    assert.ok(await park.getByRole('checkbox', { name: 'Cy Young' }).isDisabled());
    await park.getByLabel('What is open').fill('Who buys the third rope?');
    await ada.inspect('park-choose');
    await park.getByRole('button', { name: 'Write and ask' }).click();
    await topic(page).getByText('Who buys the third rope?').waitFor();
    assert.match(page.url(), new RegExp(`/c/${harbour.id}/t/`));
  });

  await t.test('whoever does not wait for the answer is told all the same', async () => {
    const { page } = ada;
    await propose('Paint the mast', ['Which red?'], '2027-03-09T11:00', { channel_id: channel.id });
    await ada.goto('/schedule');
    const dialog = await openMeeting(ada, 'Paint the mast');
    await dialog.getByRole('button', { name: 'Park it' }).click();
    const park = page.getByRole('dialog', { name: 'Park it' });
    await park.getByText('by Mon 14:00').waitFor();
    await park.getByRole('switch', { name: 'Call the meeting off' }).click();
    let goOn;
    const waits = new Promise((resolve) => (goOn = resolve));
    await page.route('**/api/meetings/*/cancel', (route) => waits.then(() => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) })));
    const [asking] = await Promise.all([page.waitForRequest('**/api/meetings/*/cancel'), park.getByRole('button', { name: 'Write and ask' }).click()]);
    assert.equal(asking.method(), 'POST');
    for (const one of [park, dialog]) {
      await page.keyboard.press('Escape');
      await one.waitFor({ state: 'detached' });
    }
    goOn();
    await page.getByText('The meeting still stands: it could not be called off.').waitFor();
    await page.unroute('**/api/meetings/*/cancel');
    await page.getByRole('button', { name: 'Call it off' }).click();
    await page.getByRole('button', { name: /Paint the mast.*called off/s }).waitFor();
  });

  await t.test('a meeting about a topic goes on there', async () => {
    const { page } = ada;
    const mast = await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'The mast', message: { id: newId(), text: 'It is cracked.' } });
    await propose('Look at the mast', ['Can it be mended?'], `${WEDNESDAY}T14:00`, { channel_id: channel.id, topic_id: mast.id });
    await ada.goto('/schedule');
    const dialog = await openMeeting(ada, 'Look at the mast');
    await dialog.getByRole('button', { name: 'Park it' }).click();
    const park = page.getByRole('dialog', { name: 'Park it' });
    await park.getByText('It is written in the topic of this meeting, in #general.').waitFor();
    await park.getByRole('button', { name: 'Write and ask' }).click();
    await topic(page).getByText('Can it be mended?').waitFor();
    assert.match(page.url(), new RegExp(`/t/${mast.id}$`));
    await ada.goto('/schedule');
    const again = await openMeeting(ada, 'Look at the mast');
    await again.getByRole('button', { name: 'Move', exact: true }).waitFor();
    assert.equal(await again.getByText('Bob Frost is asleep or away then.').count(), 0, 'what was parked is not said again');
    await page.keyboard.press('Escape');
  });

  await t.test('the same in Arabic', async () => {
    const { page } = ada;
    await propose('The long crane', [], `${WEDNESDAY}T16:00`, { channel_id: channel.id });
    await ada.request('PATCH', '/api/me', { language: 'ar' });
    await ada.goto('/schedule');
    const dialog = await openMeeting(ada, 'The long crane');
    await dialog.getByText(/نائمان أو غائبان/).waitFor();
    await ada.inspect('park-hint-ar');
    await dialog.getByRole('button', { name: 'اكتبه بدل الاجتماع' }).click();
    await page.getByRole('dialog', { name: 'اكتبه بدل الاجتماع' }).getByText('Cy Young').waitFor();
    await ada.inspect('park-dialog-ar');
  });
});
