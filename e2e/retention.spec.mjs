/** How long messages stay: the count before, the rule, what people read of it, and a hold that keeps what is deleted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { message, open, post, texts } from './talk.mjs';

const day = 86_400_000_000;
const minutes = 60_000;

test('messages go when their time has come, and stay while they are held', async (t) => {
  const house = await openHouse(t);
  await house.import(history(Date.now() * 1000));
  const ada = await house.newOwner();
  const { channels } = await ada.request('GET', '/api/start');
  const channel = channels.find(({ name }) => name === 'reports');
  const bob = await house.newPerson('Bob Brown', { spaceId: channel.space_id, channelIds: [channel.id] });
  const { page } = ada;

  await t.test('an administrator is told what a rule would delete before it is set', async () => {
    await ada.goto('/settings/retention');
    const places = page.getByRole('list', { name: 'How long messages stay' });
    await places.getByText('Messages are kept for ever.').waitFor();
    await page.getByText('Nothing is held.').waitFor();
    await ada.inspect('retention-empty');
    await open(ada, channel);
    await page.getByRole('button', { name: 'About this channel' }).click();
    await page.getByText('Messages are kept for ever.').waitFor();
    await page.getByRole('button', { name: 'Change how long' }).click();
    const days = page.getByLabel('Days until messages are deleted');
    await days.fill('0');
    await page.getByText('Type a whole number from 1 to 3,650, or nothing.').waitFor();
    await days.fill('90');
    await page.getByRole('status').getByText('This will delete 40 messages now. The oldest is from').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Save' }).isDisabled(), true, 'the name of the place is asked for');
    await ada.inspect('retention-dialog');
    await page.getByLabel('To confirm, type “reports”').fill('reports');
  });

  await t.test('what is older goes from the open screens too', async () => {
    await open(bob, channel);
    await message(bob.page, 'Report 50').waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Messages are deleted after 90 days.').waitFor();
    await eventually(async () => !(await texts(bob.page)).some((text) => /Report ([1-9]|[12]\d|3\d|40)\b/.test(text)), 'old messages went', minutes);
    await message(bob.page, 'Report 41').waitFor();
    assert.equal(await bob.page.getByText('This message was deleted').count(), 0, 'no line is left of them');
    await bob.page.reload();
    await message(bob.page, 'Report 50').waitFor();
    await message(bob.page, 'Report 41').scrollIntoViewIfNeeded();
    await bob.page.mouse.wheel(0, -5000);
    await bob.page.getByText('This is the beginning of #reports.').waitFor();
    assert.equal(await bob.page.getByText('This message was deleted').count(), 0, 'nor when one scrolls up');
    const found = await bob.request('GET', '/api/search?q=Report');
    assert.ok(!JSON.stringify(found).includes('Report 12'), 'search forgot them');
    await ada.inspect('retention-about');
    await bob.page.getByRole('button', { name: 'About this channel' }).click();
    await bob.page.getByText('Messages are deleted after 90 days.').waitFor();
    assert.equal(await bob.page.getByRole('button', { name: 'Change how long' }).count(), 0);
  });

  await t.test('what is deleted under a hold disappears and is kept for owners', async () => {
    await ada.goto('/settings/retention');
    await page.getByRole('button', { name: 'Hold what a person wrote' }).click();
    await page.getByLabel('Find people').fill('Bob');
    await page.getByLabel('Person', { exact: true }).selectOption({ label: 'Bob Brown' });
    await page.getByLabel('Why').fill('The dispute of spring');
    await ada.inspect('hold-dialog');
    await page.getByRole('dialog').getByRole('button', { name: 'Hold', exact: true }).click();
    const holds = page.getByRole('list', { name: 'Holds' });
    await holds.getByText('The dispute of spring').waitFor();
    const said = await post(bob, channel, 'I never said this.');
    await ada.request('PUT', `/api/channels/${channel.id}/messages/${said.id}/reactions/${encodeURIComponent('👀')}`);
    await bob.request('DELETE', `/api/channels/${channel.id}/messages/${said.id}`);
    await page.reload();
    await holds.getByText('1 deleted message is kept').waitFor();
    await holds.getByRole('button', { name: 'What is kept: Bob Brown' }).click();
    await page.getByRole('list', { name: 'Deleted messages that are kept' }).getByText('I never said this.').waitFor();
    await page.getByText('👀 from ').waitFor();
    await ada.inspect('held-copies');
    await page.getByRole('button', { name: 'Close' }).last().click();
    await ada.inspect('retention');
    await holds.getByRole('button', { name: 'End the hold: Bob Brown' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End the hold' }).click();
    await page.getByText('Nothing is held.').waitFor();
    await ada.goto('/settings/audit');
    await page.getByText('looked at what a hold keeps').waitFor();
  });
});

/** Forty reports that are older than 90 days, and ten that are not. */
function history(now) {
  const reports = Array.from({ length: 50 }, (_, idx) => ({
    type: 'message',
    ref: `m${idx}`,
    channel: 'reports',
    author: 'cleo',
    at: now - (idx < 40 ? 200 - idx : 50 - idx) * day,
    text: `Report ${idx + 1}`,
  }));
  return [
    { type: 'workspace', name: 'Analytical Society' },
    { type: 'person', ref: 'cleo', name: 'Cleo', email: 'cleo@example.org', time_zone: 'Europe/Berlin' },
    { type: 'space', ref: 's', name: 'Archive', kind: 'team' },
    { type: 'channel', ref: 'reports', space: 's', name: 'reports', kind: 'public', members: ['cleo'] },
    ...reports,
  ];
}
