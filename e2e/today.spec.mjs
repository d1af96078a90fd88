/** The day at a glance. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, newId, post, worksAlways } from './talk.mjs';

const minute = 60_000_000;

/** A zone in which it is ten in the morning, whenever this runs: the day has a while to go. */
function morningZone() {
  const ahead = 10 - new Date().getUTCHours();
  const offset = ahead > 12 ? ahead - 24 : ahead < -12 ? ahead + 24 : ahead;
  return offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

test('today', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const zone = morningZone();
  await bob.request('PATCH', '/api/me', { time_zone: zone });
  for (const person of [ada, bob]) await worksAlways(person);
  const { page } = bob;
  const card = (name) => page.getByRole('region', { name });

  await t.test('on a quiet day it says so', async () => {
    await bob.goto('/');
    await page.getByRole('navigation', { name: 'Main' }).or(page.locator('[data-pane="rail"]')).first().getByRole('link', { name: 'Today' }).click();
    await page.getByRole('heading', { name: 'Good morning, Bob' }).waitFor();
    await card('Needs you').getByText('Nothing needs you.').waitFor();
    await card('Live and soon').getByText('No meeting today.').waitFor();
    await card('Due today').getByText('Nothing is due today.').waitFor();
    await bob.inspect('today-quiet');
  });

  await t.test('what is due, soon and new is there while it happens', async () => {
    await post(ada, channel, 'The mill opens on Monday.');
    const by = Date.now() * 1000 + 120 * minute;
    await ada.request('POST', `/api/channels/${channel.id}/asks`, {
      message: { id: newId(), text: 'Which date suits your group?' },
      ask: { kind: 'question', people: [bob.me.id], by },
    });
    const starts = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(Date.now() + 3_600_000).replace(' ', 'T');
    await ada.request('POST', '/api/meetings', {
      id: newId(),
      people: [{ person_id: bob.me.id, is_required: true }],
      time: { starts, minutes: 30, time_zone: zone },
      words: { title: 'Lab planning', aim: 'decide', agenda: ['Who has the key'] },
    });
    await card('Due today').getByText('Which date suits your group?').waitFor();
    await card('Needs you').getByText('1 ask').waitFor();
    await card('Live and soon').getByText('Lab planning').waitFor();
    await card('Live and soon').getByText('Not answered yet').waitFor();
    await card('While you were away').getByText(/messages? in 1 conversation/).waitFor();
    await bob.inspect('today-full');
    await card('Due today').getByRole('button', { name: 'Answered' }).click();
    await card('Due today').getByText('Nothing is due today.').waitFor();
  });

  await t.test('time to think that goes on can be ended here', async () => {
    await bob.request('PUT', '/api/hours/focus', { minutes: 90 });
    await page.reload();
    await page.getByText(/^Focus until /).waitFor();
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText(/^Focus until /).waitFor({ state: 'detached' });
    assert.equal((await bob.request('GET', '/api/hours')).focus_now, null);
  });
});
