/** Inviting by a list: a CSV file is looked at line by line, and then everybody new on it is invited once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { linkIn, openHouseWithMail } from './relay.mjs';

const csv = (text) => ({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

async function choose(person, text) {
  const { page } = person;
  await person.goto('/settings/invitations');
  await page.getByRole('button', { name: 'Invite from a list' }).click();
  await page.getByLabel('CSV file').setInputFiles(csv(text));
}

/** Presses and gives what is saved. */
async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return readFileSync(await download.path(), 'utf8');
}

test('a list, without mail', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const { page } = ada;
  ada.expectConsole(/status of 422/);
  const list = '\ufeffMail;Name;Role;Space;Channels\r\nnia@example.org;=Nia;;;\r\nnobody;;;;\r\nada.lovelace@example.org;;;;\r\nNIA@example.org;;;;\r\n';

  await t.test('what is wrong stands there with its line, and nothing is done yet', async () => {
    await ada.goto('/settings/invitations');
    await page.getByRole('button', { name: 'Invite from a list' }).click();
    await ada.inspect('list-empty');
    assert.match(await saved(page, 'Download a template'), /^mail,name,role,space,channels,groups\r\n/);
    await page.getByLabel('CSV file').setInputFiles(csv('mail\nnia@example.org\n"open'));
    await page.getByText(/Line 3: opens a quotation mark/).waitFor();
    await page.getByLabel('CSV file').setInputFiles(csv(list));
    await page.getByText('1 person will be invited.').waitFor();
    for (const words of ['Line 3: nobody is no mail address', 'Line 4: ada.lovelace@example.org is a member already', 'Line 5: NIA@example.org stands in a line before']) {
      await page.getByRole('listitem').filter({ hasText: words }).waitFor();
    }
    await ada.inspect('list-look');
    assert.deepEqual((await ada.request('GET', '/api/invitations')).items, []);
  });

  await t.test('the links come in a file, shown once, and lead in', async () => {
    await page.getByRole('button', { name: 'Invite 1 person' }).click();
    await page.getByRole('heading', { name: '1 person is invited.' }).waitFor();
    await ada.inspect('list-done');
    const report = await saved(page, 'Download the links');
    assert.match(report, /"'=Nia"/, 'no formula leaves');
    const [link] = report.match(/http:\/\/[^"]+\/join\/[\w-]+/);
    await page.getByRole('button', { name: 'Done' }).click();
    const nia = await house.newVisitor('Nia');
    await nia.goto(link);
    await nia.page.getByRole('heading', { name: /^Join / }).waitFor();
  });

  await t.test('the same list again invites nobody', async () => {
    await choose(ada, list);
    await page.getByText('Nobody is new on this list.').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Line 2: nia@example.org is invited already' }).waitFor();
  });
});

test('a list with groups', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const { page } = ada;
  const { spaces } = await ada.request('GET', '/api/start');
  const [space] = spaces;
  const group = await ada.request('POST', '/api/groups', { handle: 'crew', title: 'The crew', space_id: space.id });

  await t.test('groups of the space are known before anything is done, and who comes is in them', async () => {
    await choose(ada, `mail,space,groups\nnia@example.org,${space.name},@crew\ngil@example.org,${space.name},crew; nobody\n`);
    await page.getByText('1 person will be invited.').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Line 3: gil@example.org names a group that the space does not have' }).waitFor();
    await ada.inspect('list-groups');
    await page.getByRole('button', { name: 'Invite 1 person' }).click();
    const report = await saved(page, 'Download the links');
    const [link] = report.match(/http:\/\/[^"]+\/join\/[\w-]+/);
    const token = link.split('/').at(-1);
    const nia = { name: 'Nia', email: 'nia@example.net', password: 'slate over tide', time_zone: 'Europe/Lisbon', language: 'en' };
    const joined = await fetch(`${house.url}/api/invitations/${token}/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: house.url },
      body: JSON.stringify(nia),
    });
    assert.equal(joined.status, 201);
    const { id } = await joined.json();
    const members = await ada.request('GET', `/api/groups/${group.id}/members`);
    assert.deepEqual(members.items.map((person) => person.id), [id]);
  });
});

test('a list, with mail', async (t) => {
  const { house, relay } = await openHouseWithMail(t);
  const ada = await house.newOwner();
  const people = Array.from({ length: 60 }, (_, idx) => `p${idx}@example.org,P ${idx}`).join('\n');

  await t.test('everybody gets one letter, and their link leads in', async () => {
    const { page } = ada;
    await choose(ada, `mail,name\n${people}\n`);
    await page.getByText('60 people will be invited.').waitFor();
    await page.getByText(/Each gets a letter/).waitFor();
    await page.getByRole('button', { name: 'Invite 60 people' }).click();
    await page.getByRole('heading', { name: '60 people are invited.' }).waitFor();
    const report = await saved(page, 'Download the report');
    assert.ok(!report.includes('/join/'), 'the links are in the letters');
    await eventually(() => relay.letters.length >= 60, '60 letters', 60_000);
    assert.equal(new Set(relay.letters.map(({ to }) => to[0])).size, 60);
    const visitor = await house.newVisitor('P');
    await visitor.goto(linkIn(relay.letters[0], '/join/'));
    await visitor.page.getByRole('heading', { name: /^Join / }).waitFor();
  });
});
