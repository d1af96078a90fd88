/** What is expected where: in one line under the title, in full beside it, on one page for all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHouse } from './harness.mjs';
import { general, newId, open } from './talk.mjs';

test('charter', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  await open(ada, channel);
  await open(bob, channel);

  await t.test('a channel says in a line what is expected, before anybody has said anything', async () => {
    await bob.page.getByText('Answers within 4 working hours · urgent: 1 hour').waitFor();
    await bob.inspect('charter-line');
  });

  await t.test('who looks after it changes it; everybody sees the new line at once', async () => {
    const { page } = ada;
    await page.getByRole('button', { name: 'About this channel' }).click();
    await page.getByText('as everywhere').first().waitFor();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Charter' });
    await dialog.getByRole('button', { name: 'A support desk' }).click();
    assert.equal(await dialog.getByLabel('Questions').inputValue(), 'working.120');
    await dialog.getByLabel('Feedback').selectOption('');
    await dialog.getByLabel('How we write here').fill('One question, one topic.\nSay what you have tried.');
    await ada.inspect('charter-dialog');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await bob.page.getByText('Answers within 2 working hours · urgent: 30 minutes').waitFor();
    await page.getByText('says this channel').first().waitFor();
    await ada.inspect('charter-about');
  });

  await t.test('who does not look after it reads it and cannot change it', async () => {
    await bob.page.getByRole('button', { name: 'About this channel' }).click();
    await bob.page.getByText('One question, one topic.').waitFor();
    assert.equal(await bob.page.getByRole('button', { name: 'Change', exact: true }).count(), 0);
  });

  await t.test('all of it stands on one page', async () => {
    await bob.page.getByRole('link', { name: 'The whole charter' }).click();
    await bob.page.getByRole('heading', { name: 'Communication charter' }).waitFor();
    await bob.page.getByRole('heading', { name: '#general' }).waitFor();
    await bob.inspect('charter-page');
    await bob.page.emulateMedia({ media: 'print' });
    assert.equal(await bob.page.getByRole('navigation', { name: 'Main' }).isVisible(), false, 'on paper there is the charter alone');
    assert.equal(await bob.page.getByRole('button', { name: 'Print' }).isVisible(), false);
    await bob.page.getByRole('heading', { name: '#general' }).waitFor();
    await bob.page.emulateMedia({ media: null });
  });

  await t.test('the workspace says what holds where nothing else is said', async () => {
    const { page } = ada;
    await ada.goto('/settings/workspace');
    const part = page.getByRole('region', { name: 'Charter' });
    await part.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'A class' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await part.locator('dd').getByText('Within 1 working day').waitFor();
    const said = await bob.request('GET', `/api/channels/${channel.id}/charter`);
    assert.deepEqual([said.expected.normal.from, said.expected.feedback.from], ['channel', 'workspace']);
  });

  await t.test('a space says it for its channels', async () => {
    const { page } = ada;
    await ada.goto(`/browse/${channel.space_id}?tab=settings`);
    const part = page.getByRole('region', { name: 'Charter' });
    await part.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('dialog').getByLabel('Feedback').selectOption({ label: 'Within 5 working days' });
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await part.locator('dd').getByText('Within 5 working days').waitFor();
    await ada.inspect('charter-space');
    const said = await bob.request('GET', `/api/channels/${channel.id}/charter`);
    assert.deepEqual([said.expected.normal.from, said.expected.feedback.from], ['channel', 'space']);
  });

  await t.test('a topic says it for itself, above its messages', async () => {
    const { page } = ada;
    const topic = await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Fonts', message: { id: newId(), text: 'Which fonts?' } });
    await ada.goto(`/c/${channel.id}/t/${topic.id}`);
    const part = page.getByRole('article', { name: 'Charter' });
    await part.getByText('Answers within 2 working hours · urgent: 30 minutes').waitFor();
    await part.getByRole('button', { name: 'Change', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'A class' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await part.getByText('Answers within 1 working day').waitFor();
    await ada.inspect('charter-topic');
    await bob.goto(`/c/${channel.id}/t/${topic.id}`);
    const seen = bob.page.getByRole('article', { name: 'Charter' });
    await seen.getByText('Answers within 1 working day').waitFor();
    assert.equal(await seen.getByRole('button').count(), 0);
  });
});
