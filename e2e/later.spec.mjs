/** What is written now and posted later, and what lands with people who are not at work. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { act, field, general, inTopic, message, newId, open, post } from './talk.mjs';

/** Work all the time, or never at this hour of the week. */
async function declare(person, work) {
  const { hours, revision } = await person.request('GET', '/api/hours');
  await person.request('PUT', '/api/hours', { hours: { ...hours, work }, revision });
}

const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_min: 0, to_min: 1440 }));
/** The whole of the day after tomorrow, in the zone of everybody here. */
const dayAfterTomorrow = () => {
  const today = new Date(new Date().toLocaleString('en-US', { timeZone: 'Europe/Berlin' })).getDay() || 7;
  return [{ weekday: ((today + 1) % 7) + 1, from_min: 9 * 60, to_min: 17 * 60 }];
};

/** Opens the menu beside Send and goes to an item in the moment in which it is there, before the next frame. */
async function goAhead() {
  const options = document.querySelector('[data-pane="main"] [data-send-options]');
  const menu = document.getElementById(options.getAttribute('popovertarget'));
  const last = () => [...menu.querySelectorAll('[role="menuitem"]')].find(({ textContent }) => textContent.startsWith('Pick a day'));
  const item = await new Promise((resolve) => {
    const observer = new MutationObserver(() => last() && resolve(last()));
    observer.observe(menu, { childList: true, subtree: true });
    options.click();
  });
  item.focus();
  for (let n = 0; n < 3; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
  return document.activeElement.textContent;
}

const scheduled = (person) => person.request('GET', '/api/scheduled').then(({ items }) => items);

test('later', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
  await declare(cy, always);
  const { page } = bob;
  const options = () => page.locator('[data-pane="main"]').getByRole('button', { name: 'More ways to send' });

  await t.test('a message is scheduled from the menu beside Send, and the composer says so', async () => {
    await open(bob, channel);
    await field(page).fill('Good morning, everybody');
    await options().click();
    await page.getByRole('menuitem', { name: /^Tomorrow at/ }).waitFor();
    await bob.inspect('later-menu');
    await page.getByRole('menuitem', { name: /^Tomorrow at/ }).click();
    await page.getByText(/^It goes out: Tomorrow at/).waitFor();
    await page.getByRole('link', { name: /^1 scheduled here: Tomorrow at/ }).waitFor();
    assert.equal(await field(page).inputValue(), '');
    const [one] = await scheduled(bob);
    assert.equal(one.text, 'Good morning, everybody');
    await page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Close' }).click();
    await bob.inspect('later-line');
  });

  await t.test('undo brings it back into the composer', async () => {
    await field(page).fill('Not like this');
    await options().click();
    await page.getByRole('menuitem', { name: /^Tomorrow at/ }).click();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await eventually(async () => (await field(page).inputValue()) === 'Not like this', 'the words are back');
    assert.equal((await scheduled(bob)).length, 1);
    await field(page).fill('');
  });

  await t.test('any other time is picked by keyboard', async () => {
    await field(page).fill('For the day after');
    assert.match(await page.evaluate(goAhead), /^Pick a day and time/, 'the menu leaves the focus where somebody was faster than it');
    await page.keyboard.press('Escape');
    await field(page).press('Control+Shift+Enter');
    const menu = page.getByRole('menu', { name: 'More ways to send' });
    const pick = menu.getByRole('menuitem', { name: 'Pick a day and time' });
    await pick.waitFor();
    await menu.locator(':focus').waitFor();
    for (let n = 0; n < 20 && !(await pick.and(page.locator(':focus')).count()); n++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Post it later' });
    await dialog.getByLabel('Day').fill('2020-01-01');
    await dialog.getByText('A time that is still to come').waitFor();
    await bob.inspect('later-pick');
    const day = new Date(Date.now() + 3 * 86_400_000).toLocaleDateString('en-CA');
    await dialog.getByLabel('Day').fill(day);
    await dialog.getByLabel('Time').fill('07:15');
    await dialog.getByRole('button', { name: 'Schedule' }).click();
    await page.getByRole('link', { name: /^2 scheduled here, the first Tomorrow at/ }).waitFor();
  });

  await t.test('all of it stands on one page: edited, taken back with undo, sent now', async () => {
    await page.getByRole('link', { name: /^2 scheduled here/ }).click();
    await page.getByRole('heading', { name: 'Scheduled', level: 1 }).waitFor();
    const row = (words) => page.getByRole('listitem').filter({ hasText: words });
    await row('Good morning').getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Message').fill('Good morning, all of you');
    await bob.inspect('later-edit');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await row('Good morning, all of you').waitFor();
    await bob.inspect('later-page');
    await row('For the day after').getByRole('button', { name: 'Take back' }).click();
    await row('For the day after').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await row('For the day after').waitFor();
    await row('For the day after').getByRole('button', { name: 'Take back' }).click();
    await row('For the day after').waitFor({ state: 'detached' });
    await row('Good morning, all of you').getByRole('button', { name: 'Send now' }).click();
    await page.getByText('Nothing waits here.').waitFor();
    await bob.inspect('later-empty');
    await open(bob, channel);
    await message(page, 'Good morning, all of you').waitFor();
  });

  await t.test('it goes out within a second of its time, also when nobody is there, and once over a crash', async () => {
    const due_at = (Date.now() + 2_500) * 1000;
    const plan = (text, more) => ({ id: newId(), channel_id: channel.id, text, due_at: due_at + more });
    await bob.request('POST', '/api/scheduled', plan('On the minute', 0));
    await bob.request('POST', '/api/scheduled', plan('After the crash', 1_500_000));
    await message(page, 'On the minute').waitFor();
    const late_ms = Date.now() - due_at / 1000;
    assert.ok(late_ms < 1_000 + 500, `it was on the screen ${Math.round(late_ms)} ms after its time`);
    bob.expectConsole(/ERR_|WebSocket|Failed to load resource/);
    ada.expectConsole(/ERR_|WebSocket|Failed to load resource/);
    cy.expectConsole(/ERR_|WebSocket|Failed to load resource/);
    await house.kill();
    await house.start();
    await message(page, 'After the crash').waitFor();
    const { messages } = await bob.request('GET', `/api/channels/${channel.id}/messages`);
    const said = messages.map(({ text }) => text).filter((text) => /minute|crash/.test(text));
    assert.deepEqual(said, ['On the minute', 'After the crash']);
  });

  await t.test('what could not be posted says why, and goes back into the composer in one click', async () => {
    const club = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'club', kind: 'public' });
    await bob.request('POST', `/api/channels/${club.id}/join`, {});
    await open(bob, club);
    await bob.request('POST', '/api/scheduled', { id: newId(), channel_id: club.id, text: 'To the club', due_at: (Date.now() + 1_200) * 1000 });
    await ada.request('PATCH', `/api/channels/${club.id}`, { archived: true });
    await page.getByText('Something you scheduled could not be posted.').waitFor();
    await page.getByRole('button', { name: 'Look' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'To the club' });
    await row.getByText('The channel was archived.').waitFor();
    await row.getByRole('button', { name: 'Copy the text' }).waitFor();
    await bob.inspect('later-failed');
    await ada.request('PATCH', `/api/channels/${club.id}`, { archived: false });
    await row.getByRole('button', { name: 'Back into the composer' }).click();
    await eventually(async () => (await field(page).inputValue()) === 'To the club', 'the words are in the composer');
    assert.deepEqual(await scheduled(bob), []);
    await field(page).fill('');
  });

  await t.test('with somebody who is not at work Send delivers when their work begins', async () => {
    await declare(ada, dayAfterTomorrow());
    const direct = await bob.request('POST', '/api/directs', { people: [ada.me.id] });
    await open(bob, direct);
    const deliver = page.getByRole('button', { name: /^Deliver \w+ 09:00 \(their time\)$/ });
    await deliver.waitFor();
    await field(page).fill('No hurry at all');
    await bob.inspect('later-landing');
    await options().click();
    await page.getByRole('menuitem', { name: 'Deliver silently now' }).waitFor();
    await page.getByRole('menuitem', { name: /^At the start of Ada Lovelace’s day/ }).waitFor();
    await bob.inspect('later-landing-menu');
    await page.keyboard.press('Escape');
    await deliver.click();
    await page.getByRole('link', { name: /^1 scheduled here/ }).waitFor();
    const [held] = await scheduled(bob);
    assert.deepEqual([held.lands, held.text], [true, 'No hurry at all']);
    await declare(ada, always);
    await message(page, 'No hurry at all').waitFor();
    await declare(ada, dayAfterTomorrow());
  });

  await t.test('silently now stands there at once, and is remembered for the day', async () => {
    await page.reload();
    await page.getByRole('button', { name: /^Deliver \w+ 09:00/ }).waitFor();
    await field(page).fill('Just so that you know');
    await options().click();
    await page.getByRole('menuitem', { name: 'Deliver silently now' }).click();
    await message(page, 'Just so that you know').waitFor();
    await page.getByRole('button', { name: 'Deliver silently now' }).waitFor();
    await field(page).fill('And this');
    await field(page).press('Enter');
    await message(page, 'And this').waitFor();
  });

  await t.test('with somebody at work, and in channels, it is just sent', async () => {
    const direct = await bob.request('POST', '/api/directs', { people: [cy.me.id] });
    await open(bob, direct);
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await field(page).fill('You are there');
    await field(page).press('Enter');
    await message(page, 'You are there').waitFor();
  });

  await t.test('one is reminded of a message at a time of one’s own, and puts it off, changes it and is done with it', async () => {
    const said = await post(ada, channel, 'Bring the numbers on Friday');
    await open(bob, channel);
    await act(page, message(page, 'Bring the numbers on Friday'), 'Remind me…');
    const dialog = page.getByRole('dialog', { name: 'Remind me…' });
    await dialog.getByText('In one hour').waitFor();
    await bob.inspect('later-remind');
    await dialog.getByText('Pick a day and time').click();
    await dialog.getByLabel('Day', { exact: true }).fill('2020-01-01');
    await dialog.getByText('A time that is still to come').waitFor();
    await dialog.getByText('In one hour').click();
    await dialog.getByLabel('Note to yourself').fill('Ask Ada first');
    await dialog.getByRole('button', { name: 'Remind me' }).click();
    await page.getByText(/^You will be reminded: /).waitFor();
    const [kept] = (await bob.request('GET', '/api/reminders')).items;
    assert.deepEqual([kept.message_id, kept.note, kept.told_at], [said.id, 'Ask Ada first', null]);
    await bob.goto('/scheduled');
    const list = page.getByRole('list', { name: 'Reminders' });
    const row = list.getByRole('listitem').filter({ hasText: 'Bring the numbers' });
    await row.getByText('Ask Ada first').waitFor();
    await row.getByRole('button', { name: 'Edit' }).click();
    const edit = page.getByRole('dialog', { name: 'Edit the reminder' });
    await edit.getByLabel('Note to yourself').fill('Ask Ada and Cy first');
    await edit.getByRole('button', { name: 'Save' }).click();
    await row.getByText('Ask Ada and Cy first').waitFor();
    // Its time comes.
    await bob.request('PATCH', `/api/reminders/${kept.id}`, { due_at: (Date.now() + 1_500) * 1000 });
    await page.getByText('You wanted to be reminded: Ada Lovelace in #general.').waitFor();
    await row.getByText('Now', { exact: true }).waitFor();
    await bob.inspect('later-reminders');
    await row.getByRole('button', { name: 'Later' }).click();
    await page.getByRole('menuitem', { name: 'In one hour' }).click();
    await row.getByText('Now', { exact: true }).waitFor({ state: 'detached' });
    await row.getByRole('button', { name: 'Done' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await row.waitFor();
    await row.getByRole('link', { name: 'Bring the numbers on Friday' }).click();
    await message(page, 'Bring the numbers on Friday').waitFor();
  });

  await t.test('what is posted regularly is made beside Send, rests, goes on and ends', async () => {
    await open(bob, channel);
    await field(page).fill('The week begins. What is in your way?');
    await options().click();
    await page.getByRole('menuitem', { name: 'Post this regularly…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Post regularly' });
    await dialog.getByRole('button', { name: 'Thu', exact: true }).click();
    await dialog.getByLabel('How often').selectOption('2');
    await dialog.getByLabel('Time').fill('08:30');
    await bob.inspect('later-repeat');
    await dialog.getByRole('button', { name: 'Mon', exact: true }).click();
    await dialog.getByRole('button', { name: 'Thu', exact: true }).click();
    await dialog.getByText('Choose at least one day.').waitFor();
    await dialog.getByRole('button', { name: 'Mon', exact: true }).click();
    await dialog.getByRole('button', { name: 'Post regularly' }).click();
    await page.getByText(/^It comes first: /).waitFor();
    assert.equal(await field(page).inputValue(), '');
    await bob.goto('/scheduled');
    const row = page.getByRole('list', { name: 'Regularly' }).getByRole('listitem');
    await row.getByText('Monday, 08:30, every 2 weeks').waitFor();
    const [made] = (await bob.request('GET', '/api/routines')).items;
    await row.getByRole('button', { name: 'Skip the next' }).click();
    await eventually(async () => (await bob.request('GET', '/api/routines')).items[0].next_at > made.next_at, 'the next one is left out');
    await row.getByRole('button', { name: 'Pause' }).click();
    await row.getByText('Paused').waitFor();
    await bob.inspect('later-routines');
    await row.getByRole('button', { name: 'Go on' }).click();
    await row.getByText(/^Next: /).waitFor();
    await row.getByRole('button', { name: 'Edit' }).click();
    const edit = page.getByRole('dialog', { name: 'Post regularly' });
    await edit.getByLabel('Message').fill('');
    await edit.getByLabel('Message').pressSequentially('@Cy');
    await edit.getByRole('option', { name: /Cy Young/ }).click();
    await page.keyboard.type('begins the week.');
    await bob.inspect('later-names');
    await edit.getByRole('button', { name: 'Save' }).click();
    await edit.waitFor({ state: 'detached' });
    await row.getByText('@Cy Young begins the week.', { exact: true }).waitFor();
    const [named] = (await bob.request('GET', '/api/routines')).items;
    assert.equal(named.text, `<@${cy.me.id}> begins the week.`);
    await row.getByRole('button', { name: 'End' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End' }).click();
    await row.waitFor({ state: 'detached' });
  });

  await t.test('a question comes at its time, is answered in place, and its answers gather in a topic', async () => {
    for (const person of [ada, bob, cy]) await declare(person, always);
    await open(bob, channel);
    await options().click();
    await page.getByRole('menuitem', { name: 'Ask a question regularly…' }).click();
    const dialog = page.getByRole('dialog', { name: 'A question that comes back' });
    await dialog.getByRole('button', { name: 'Monday plan' }).click();
    await eventually(async () => (await dialog.getByLabel('Question', { exact: true }).inputValue()) === 'What will you work on this week?', 'the template is there');
    await bob.inspect('later-check-in');
    await dialog.getByRole('button', { name: 'Ask regularly' }).click();
    await page.getByText(/^Your turn comes first: /).waitFor();
    // The next full minute that is not too close.
    const at = new Date(Math.ceil((Date.now() + 10_000) / 60_000) * 60_000);
    const there = new Date(at.toLocaleString('en-US', { timeZone: 'Europe/Berlin' }));
    const rhythm = { days: [there.getDay() || 7], at_min: there.getHours() * 60 + there.getMinutes(), every_weeks: 1 };
    const [plan] = (await bob.request('GET', '/api/routines')).items;
    await bob.request('PATCH', `/api/routines/${plan.id}`, { revision: plan.revision, rhythm });
    const question = message(page, 'What will you work on this week?');
    await question.waitFor({ timeout: 90_000 });
    await question.getByText('0 of 3 answered').waitFor();
    const answer = question.getByLabel('Your answer');
    await answer.waitFor();
    await bob.inspect('later-asked');
    await answer.fill('The roof, and the doors');
    await question.getByRole('button', { name: 'Answer', exact: true }).click();
    await question.getByText('You have answered.').waitFor();
    await question.getByText('1 of 3 answered').waitFor();
    await open(cy, channel);
    const theirs = message(cy.page, 'What will you work on this week?');
    await theirs.getByRole('button', { name: 'Not this time' }).click();
    await theirs.getByText('You do not answer this time.').waitFor();
    await question.getByText('1 of 2 answered').waitFor();
    await question.getByRole('link', { name: 'Answers', exact: true }).click();
    await inTopic(page, 'The roof, and the doors').waitFor();
    await bob.inspect('later-answers');
  });
});
