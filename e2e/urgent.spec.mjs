/** Calling people until somebody takes it: on call, asleep, woken by consent, not urgent after all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, newId, open, worksAlways } from './talk.mjs';

/** Works on one day only, which is neither today nor tomorrow: whatever the hour, they are not there. */
async function sleeps(person) {
  const weekday = ((new Date().getUTCDay() + 2) % 7) + 1;
  const { hours, revision } = await person.request('GET', '/api/hours');
  const work = [{ weekday, from_min: 540, to_min: 1020 }];
  await person.request('PUT', '/api/hours', { hours: { ...hours, work, holidays: null, quiet: null }, revision });
}

async function openDialog(person, text) {
  await field(person.page).fill(text);
  await person.page.getByRole('button', { name: 'More ways to send' }).click();
  await person.page.getByRole('menuitem', { name: 'Call somebody now' }).click();
  return person.page.getByRole('dialog', { name: 'Call somebody now' });
}

test('urgent', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const cy = await house.newPerson('Cy Young', { spaceId: channel.space_id });
  await worksAlways(bob);
  await sleeps(cy);
  const settings = `/browse/${channel.space_id}?tab=settings`;
  const card = (person, text) => message(person.page, text).getByRole('group', { name: 'Urgent' });
  const banner = (person) => person.page.getByRole('region', { name: 'Somebody calls you' });

  await t.test('a space has a rota, and nobody is on call who has not agreed', async () => {
    await ada.goto(settings);
    const part = ada.page.getByRole('region', { name: 'On call' });
    await part.getByText('Nobody is on call.').waitFor();
    await part.getByRole('button', { name: 'Change the rota' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Change the rota' });
    await dialog.getByRole('option', { name: 'Bob Frost' }).click();
    await dialog.getByRole('option', { name: 'Ada Lovelace' }).click();
    await dialog.getByLabel('Handed over on').selectOption({ label: 'Wednesday' });
    assert.equal(await dialog.getByText('Bob Frost', { exact: true }).count(), 1, 'in the order, and nowhere else');
    await dialog.getByRole('button', { name: 'Remove Bob Frost' }).click();
    await dialog.getByRole('option', { name: 'Bob Frost' }).click();
    await dialog.getByRole('button', { name: 'Bob Frost earlier' }).click();
    await ada.inspect('urgent-rota-dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await part.getByText('Has not agreed yet, and has no turn').first().waitFor();
    await bob.goto(settings);
    await bob.page.getByRole('button', { name: 'I am ready to be on call' }).click();
    await bob.page.getByText('Bob Frost is on call.').waitFor();
    await part.getByText('Bob Frost is on call.').waitFor();
    await part.getByRole('button', { name: 'I am ready to be on call' }).click();
    await part.getByText(/^Bob Frost is on call until .+, then Ada Lovelace\.$/).waitFor();
  });

  await t.test('it is handed over by hand, swapped for a day, and has a chain', async () => {
    const part = ada.page.getByRole('region', { name: 'On call' });
    await part.getByRole('button', { name: 'Hand over now' }).click();
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Hand over now' }).click();
    await bob.page.getByText(/^Ada Lovelace is on call until .+, then Bob Frost\.$/).waitFor();
    await bob.page.getByRole('button', { name: 'Swap a day' }).click();
    await bob.page.getByRole('dialog').getByLabel('Who is on call').selectOption({ label: 'Bob Frost' });
    await bob.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await part.getByText('Bob Frost is on call today, in place of Ada Lovelace.').waitFor();
    await part.getByRole('button', { name: 'Change the chain' }).click();
    const dialog = ada.page.getByRole('dialog', { name: 'Change the chain' });
    await dialog.getByRole('option', { name: 'Cy Young' }).click();
    await dialog.getByLabel('1. Cy Young').selectOption({ label: 'waits 2 minutes' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await part.getByText('Cy Young, for 2 minutes').waitFor();
    await ada.inspect('urgent-rota');
  });

  await t.test('a group stands in the chain by its name, and is taken out again', async () => {
    const group = { handle: 'plumbers', title: 'Plumbers', space_id: channel.space_id, open: true };
    await ada.request('POST', '/api/groups', group);
    await ada.goto(settings);
    const part = ada.page.getByRole('region', { name: 'On call' });
    const dialog = ada.page.getByRole('dialog', { name: 'Change the chain' });
    await part.getByRole('button', { name: 'Change the chain' }).click();
    await dialog.getByLabel('Add a group').selectOption({ label: '@plumbers' });
    await dialog.getByLabel('2. @plumbers').waitFor();
    assert.equal(await dialog.getByLabel('Add a group').count(), 0, 'each stands there once');
    await ada.inspect('urgent-chain-group');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await part.getByText('@plumbers, for 10 minutes').waitFor();
    await part.getByRole('button', { name: 'Change the chain' }).click();
    await dialog.getByRole('button', { name: 'Remove @plumbers' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await part.getByText('@plumbers, for 10 minutes').waitFor({ state: 'detached' });
  });

  await t.test('before it is sent it says whom it would call, and who would be told when', async () => {
    await Promise.all([open(ada, channel), open(bob, channel), open(cy, channel)]);
    const dialog = await openDialog(ada, 'The till is down');
    const forecast = dialog.getByRole('group', { name: 'What this does' });
    await forecast.getByText('Calls Bob Frost.').waitFor();
    await forecast.getByText(/^Cy Young has not agreed to be woken, and is told .+\. Nobody waits for them\.$/).waitFor();
    await forecast.getByText('You can call 3 more times this week.').waitFor();
    await dialog.getByLabel('In one line').fill('No sale since nine');
    await ada.inspect('urgent-dialog');
    // On a phone too it stands beside the button that does it.
    await ada.page.setViewportSize({ width: 360, height: 740 });
    const summary = dialog.getByRole('status');
    await summary.getByText('At once it calls Bob Frost.').waitFor();
    await summary.getByText('Then 1 more, if nobody takes it.').waitFor();
    const [said, sends] = await Promise.all([summary.boundingBox(), dialog.getByRole('button', { name: 'Call now' }).boundingBox()]);
    assert.ok(said.y > 0 && said.y + said.height <= sends.y && sends.y + sends.height <= 740, `it is in sight: ${JSON.stringify([said, sends])}`);
    await ada.page.setViewportSize({ width: 1440, height: 900 });
    await dialog.getByRole('button', { name: 'Call now' }).click();
    await dialog.waitFor({ state: 'detached' });
    await field(ada.page).and(ada.page.locator(':placeholder-shown')).waitFor();
    await card(ada, 'The till is down').getByText(/^Calling Bob Frost since /).waitFor();
  });

  await t.test('who is called sees it wherever they are, and is told aloud once', async () => {
    await banner(bob).getByText('Ada Lovelace calls you:', { exact: true }).waitFor();
    await eventually(async () => (await banner(bob).getByRole('alert').textContent()) === 'Urgent. Ada Lovelace calls you: No sale since nine.', 'it is said');
    assert.equal(await banner(bob).getByRole('alert').count(), 1);
    await bob.inspect('urgent-banner');
    await bob.goto('/settings/profile');
    await banner(bob).getByRole('button', { name: 'I take it' }).waitFor();
    assert.equal(await banner(cy).count(), 0);
  });

  await t.test('when it is not for them the chain goes on, and says so at its end', async () => {
    await banner(bob).getByRole('button', { name: 'Seen, not me' }).click();
    await banner(bob).waitFor({ state: 'detached' });
    await card(ada, 'The till is down').getByText(/^Nobody has taken it\./).waitFor();
    await card(ada, 'The till is down').getByText(/^Cy Young is told /).waitFor();
    await card(ada, 'The till is down').getByText('What has happened', { exact: true }).click();
    await card(ada, 'The till is down').getByText('Bob Frost: Seen, not me.').waitFor();
    await ada.inspect('urgent-nobody');
    await banner(cy).getByText('Ada Lovelace calls you:', { exact: true }).waitFor();
  });

  await t.test('late is better than never', async () => {
    await banner(cy).getByRole('button', { name: 'I take it' }).click();
    await card(ada, 'The till is down').getByText(/^Cy Young takes it, since /).waitFor();
    await banner(cy).waitFor({ state: 'detached' });
  });

  await t.test('who has agreed to it is woken, and takes it by keyboard', async () => {
    await cy.goto('/settings/time');
    const part = cy.page.getByRole('region', { name: 'May wake me' });
    await part.getByRole('switch').first().click();
    await cy.inspect('urgent-consent');
    const agreed = async () => (await cy.request('GET', '/api/urgent-consents')).items.length === 1;
    await eventually(agreed, 'it is kept');
    const dialog = await openDialog(ada, 'Smoke in the kitchen');
    await dialog.getByText('People by name').click();
    await dialog.getByRole('option', { name: 'Cy Young' }).click();
    await dialog.getByText(/^Wakes Cy Young, .+ there\. They have agreed to it\.$/).waitFor();
    await dialog.getByText('1 person will be woken.').waitFor();
    await dialog.getByLabel('Why it cannot wait').selectOption({ label: 'Somebody is in danger' });
    await ada.inspect('urgent-wakes');
    await dialog.getByRole('button', { name: 'Call now' }).click();
    await banner(cy).getByRole('button', { name: 'I take it' }).focus();
    await cy.page.keyboard.press('Enter');
    await card(ada, 'Smoke in the kitchen').getByText(/^Cy Young takes it, since /).waitFor();
    await open(cy, channel);
    await card(cy, 'Smoke in the kitchen').getByText(/^Cy Young takes it, since /).waitFor();
  });

  await t.test('that it was not urgent only its sender learns', async () => {
    await card(cy, 'Smoke in the kitchen').getByRole('button', { name: 'Was not urgent' }).click();
    await card(cy, 'Smoke in the kitchen').getByText('You said that this was not urgent.', { exact: false }).waitFor();
    await card(ada, 'Smoke in the kitchen').getByText('1 person thinks that this could have waited.').waitFor();
    await open(bob, channel);
    await card(bob, 'Smoke in the kitchen').getByText(/^Cy Young takes it/).waitFor();
    assert.equal(await card(bob, 'Smoke in the kitchen').getByText('could have waited').count(), 0);
    await cy.inspect('urgent-ended');
  });

  await t.test('after three in a week somebody else confirms it', async () => {
    const call = (text) => ({ id: newId(), message_id: newId(), text, kind: 'blocked', people: [bob.me.id] });
    await ada.request('POST', `/api/channels/${channel.id}/urgents`, call('Third'));
    await banner(bob).getByRole('button', { name: 'I take it' }).waitFor();
    const { page } = bob;
    await bob.goto('/inbox');
    const rows = page.getByRole('list', { name: 'Urgent' });
    await rows.getByText('Ada Lovelace calls you: Third').waitFor();
    await banner(bob).getByText('Third', { exact: true }).waitFor();
    await bob.inspect('urgent-inbox');
    await bob.goto('/catch-up');
    const plan = page.getByRole('list', { name: 'Catch up' });
    for (const pace of ['2 minutes', '30 minutes']) {
      await page.getByRole('button', { name: pace }).click();
      await plan.getByRole('listitem').first().getByText('Third').waitFor();
      assert.equal(await page.locator('[data-pane="main"]').getByText('Third').count(), 1, 'it is said once');
    }
    await bob.inspect('urgent-catch-up');
    await page.keyboard.press('Tab');
    await plan.getByRole('link', { name: /Third/ }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await plan.getByRole('button', { name: 'I take it' }).waitFor({ state: 'detached' });
    await card(ada, 'Third').getByText(/^Bob Frost takes it, since /).waitFor();
    await banner(bob).waitFor({ state: 'detached' });
    await open(bob, channel);
    const dialog = await openDialog(ada, 'Fourth');
    await dialog.getByText('You have called often lately.', { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Ask for a second person' }).click();
    await card(ada, 'Fourth').getByText(/^Nobody is called yet\./).waitFor();
    assert.equal(await banner(bob).count(), 0);
    await card(cy, 'Fourth').getByRole('button', { name: 'Yes, call now' }).click();
    await banner(bob).getByRole('button', { name: 'I take it' }).waitFor();
    await card(ada, 'Fourth').getByRole('button', { name: 'Not needed any more' }).click();
    await banner(bob).waitFor({ state: 'detached' });
    await card(bob, 'Fourth').getByText(/^Not needed any more, since /).waitFor();
  });

  await t.test('in a conversation of two there is nobody to choose', async () => {
    const direct = await bob.request('POST', '/api/directs', { people: [cy.me.id] });
    await open(bob, direct);
    const dialog = await openDialog(bob, 'Are you there?');
    await dialog.getByText('Calls Cy Young.').or(dialog.getByText(/Wakes Cy Young|Cy Young has not agreed/)).waitFor();
    assert.equal(await dialog.getByRole('searchbox').count(), 0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });
});
