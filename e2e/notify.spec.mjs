/** Being told: what waits, what is shown, and on which device. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { openPushService } from './pushService.mjs';
import { field, general, message, newId, open, post } from './talk.mjs';

/** Always at work, so that the hour at which this story is told does not matter. */
const always = (profile = 'live') => ({
  work: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_min: 0, to_min: 1440 })),
  quiet: null, focus: [], focus_allowed: [], days_off: [], holidays: null, holidays_worked: [], profile, urgent_rings: false,
});

async function declare(person, hours) {
  const { revision } = await person.request('GET', '/api/hours');
  await person.request('PUT', '/api/hours', { hours, revision });
}

test('being told', async (t) => {
  const service = await openPushService(t);
  const house = await openHouse(t, { ANTIPHON_OUTBOUND_ALLOWED: service.host });
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const direct = await ada.request('POST', '/api/directs', { people: [bob.me.id] });
  await declare(bob, always());
  await open(bob, channel);
  await bob.page.locator('body').click();
  const toast = (page) => page.getByRole('region', { name: 'Notices' });

  await t.test('who is written to is told, and one step from it', async () => {
    await post(ada, direct, 'Have you a minute?');
    await toast(bob.page).getByText(/wrote to you\./).waitFor();
    await bob.inspect('notify-told');
    await toast(bob.page).getByRole('button', { name: 'Look' }).click();
    await message(bob.page, 'Have you a minute?').waitFor();
  });

  await t.test('who is asked is told by when, without being named', async () => {
    // Elsewhere: whoever has it in view is not told.
    await bob.goto('/saved');
    await bob.page.getByRole('heading', { name: 'Saved' }).waitFor();
    const ask = { kind: 'question', people: [bob.me.id] };
    await ada.request('POST', `/api/channels/${channel.id}/asks`, { message: { id: newId(), text: 'Does the mill open?' }, ask });
    await toast(bob.page).getByText(/^Ada Lovelace asks you in .+, by .+\.$/).waitFor();
    await bob.inspect('notify-asked');
  });

  await t.test('what comes while somebody thinks waits, and both see until when', async () => {
    await bob.request('PUT', '/api/hours/focus', { minutes: 60 });
    await open(bob, channel);
    await open(ada, direct);
    // Send would wait for Bob by itself; this is somebody who posts all the same.
    await post(ada, direct, 'When you are through');
    await message(ada.page, 'When you are through').getByText(/^Held until .+ in Berlin$/).waitFor();
    await ada.inspect('notify-sender');
    const card = bob.page.getByRole('status').filter({ hasText: /1 held until/ });
    await card.getByText('None waits for an answer.').waitFor({ timeout: 15_000 });
    await bob.inspect('notify-held');
    assert.equal(await toast(bob.page).getByText(/wrote to you/).count(), 0);
    await bob.request('DELETE', '/api/hours/focus');
    await toast(bob.page).getByText(/wrote to you\./).waitFor();
    await card.waitFor({ state: 'detached' });
    await eventually(async () => (await ada.page.getByText(/^Held until/).count()) === 0, 'it waits no longer');
  });

  await t.test('only the device in use is told, and in one tab', async () => {
    const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
    const theirs = await cy.request('POST', '/api/directs', { people: [bob.me.id] });
    const phone = await bob.newDevice();
    await open(phone, channel);
    // What listens to hands comes a moment after the page: whoever uses a device touches it more than once.
    const isInUse = async () => {
      await phone.page.locator('body').click();
      const { device_in_use, session_id } = await phone.request('GET', '/api/notices');
      return device_in_use === session_id;
    };
    await eventually(isInUse, 'the phone is in use');
    const tab = await phone.context.newPage();
    await tab.goto(phone.page.url());
    await tab.locator('[data-pane="main"]').first().waitFor();
    await phone.page.bringToFront();
    await post(cy, theirs, 'Are you there?');
    await Promise.any([phone.page, tab].map((page) => page.getByText(/Cy Young wrote to you\./).waitFor()));
    // Long enough for the others to tell as well, if they did.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const counts = await Promise.all([phone.page, tab, bob.page].map((page) => page.getByText(/Cy Young wrote to you\./).count()));
    assert.equal(counts.reduce((sum, n) => sum + n, 0), 1, `told once: ${counts}`);
    assert.equal(counts[2], 0, 'the other device stays still');
    assert.equal(await field(phone.page).count(), 1);
  });

  await t.test('while the app is closed the browser is told, and what it reads is shown', async () => {
    await bob.page.bringToFront();
    await bob.context.grantPermissions(['notifications'], { origin: house.url });
    await bob.goto('/settings/time');
    await bob.page.evaluate(() => navigator.serviceWorker.ready);
    const part = bob.page.getByRole('region', { name: 'How you are reached' });
    await part.getByText('While the app is closed, this browser does not tell you.').waitFor();
    // What the browser's own service would give it; there is no network here.
    await bob.request('PUT', '/api/push/device', service.subscription);
    await bob.page.reload();
    await part.getByRole('button', { name: 'Send a test' }).click();
    await toast(bob.page).getByText('It is on its way to this browser.').waitFor();
    assert.equal(JSON.parse(service.pushes.at(-1).text).title, 'It works');
    await part.scrollIntoViewIfNeeded();
    await bob.inspect('notify-reach');
    await bob.request('PUT', '/api/notices/device');
    const cdp = await bob.context.newCDPSession(bob.page);
    const registered = new Promise((resolve) => cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations.length > 0 && resolve(registrations[0])));
    await cdp.send('ServiceWorker.enable');
    const { registrationId } = await registered;
    await bob.page.goto('about:blank');
    await post(ada, direct, 'Are you *still* there?');
    await eventually(() => service.pushes.length === 2, 'it is pushed');
    const { text } = service.pushes.at(-1);
    const push = JSON.parse(text);
    assert.deepEqual([push.title, push.body], ['Needs you: Ada Lovelace', 'Are you still there?']);
    await cdp.send('ServiceWorker.deliverPushMessage', { origin: house.url, registrationId, data: text });
    await bob.goto('/healthz');
    const shown = () =>
      bob.page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration('/');
        return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
      });
    await eventually(async () => (await shown()).length === 1, 'it is shown');
    assert.deepEqual(await shown(), [{ title: push.title, body: push.body, tag: push.release_id }]);
  });

  await t.test('texts are hidden, and a device is taken off the list', async () => {
    await bob.goto('/settings/time');
    const part = bob.page.getByRole('region', { name: 'How you are reached' });
    await part.getByRole('switch', { name: /Hide texts/ }).click();
    await eventually(async () => (await bob.request('GET', '/api/push')).hides_texts, 'it is kept');
    await part.getByRole('button', { name: /^Stop:/ }).click();
    await part.getByText('While the app is closed, this browser does not tell you.').waitFor();
    assert.deepEqual((await bob.request('GET', '/api/push')).devices, []);
  });
});
