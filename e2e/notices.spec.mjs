/** Short notices with Undo: beside what one writes on, in reach of the keyboard, and the focus knows where it belongs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, newId, open, post } from './talk.mjs';

test('notices', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const { page } = bob;
  const notices = page.getByRole('region', { name: 'Notices' });
  const isFocused = async (locator) => (await locator.and(page.locator(':focus')).count()) === 1;
  const scheduleOne = async (text) => {
    await field(page).fill(text);
    await page.locator('[data-pane="main"]').getByRole('button', { name: 'More ways to send' }).click();
    await page.getByRole('menuitem', { name: /^Tomorrow at/ }).click();
    await notices.getByRole('button', { name: 'Undo' }).last().waitFor();
  };

  await t.test('a notice lies on nothing that one writes on', async () => {
    await open(bob, channel);
    for (const [width, height] of [[1440, 900], [360, 740], [320, 640]]) {
      await page.setViewportSize({ width, height });
      await scheduleOne(`At ${width}`);
      await field(page).fill('One line\nand another\nand a third');
      const apart = async () => {
        const composer = page.locator('[data-pane="main"]').locator('div:has(> textarea[data-composer])');
        const [notice, writes] = await Promise.all([notices.boundingBox(), composer.boundingBox()]);
        return notice.x + notice.width <= writes.x || notice.y + notice.height <= writes.y;
      };
      await eventually(apart, `at ${width} px the composer is free`);
      await bob.screenshot(`notices-${width}`);
      await notices.getByRole('button', { name: 'Close' }).last().click();
      await field(page).fill('');
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await t.test('F6 leads into it, it waits there, and the focus goes back', async () => {
    await scheduleOne('Not like this');
    await field(page).focus();
    for (let n = 0; n < 6 && !(await isFocused(notices)); n++) await page.keyboard.press('F6');
    assert.ok(await isFocused(notices), 'F6 comes by');
    await field(page).focus();
    await notices.getByRole('button', { name: 'Undo' }).last().focus();
    await page.keyboard.press('Enter');
    await eventually(async () => (await field(page).inputValue()) === 'Not like this', 'the words are back');
    await eventually(() => isFocused(field(page)), 'the focus is where it was');
    await field(page).fill('');
  });

  await t.test('what can be pressed waits behind a dialog', async () => {
    await scheduleOne('Not while I look for something');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    await palette.waitFor();
    await pause(12_000);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });
    await notices.getByRole('button', { name: 'Undo' }).last().click();
    await eventually(async () => (await field(page).inputValue()) === 'Not while I look for something', 'the words are back');
    await field(page).fill('');
  });

  await t.test('a button that has done its work leaves the focus to its message', async () => {
    const asks = { message: { id: newId(), text: 'The mill is closed on Friday' }, ask: { kind: 'read', people: [bob.me.id] } };
    await ada.request('POST', `/api/channels/${channel.id}/asks`, asks);
    const asked = message(page, 'The mill is closed on Friday');
    await asked.getByRole('button', { name: 'Read and understood' }).focus();
    await page.keyboard.press('Enter');
    await asked.getByText('Everybody has read it').waitFor();
    await eventually(() => isFocused(asked), 'the message has it');
  });

  await t.test('a row that goes away leaves the focus to the next, and the last one to the title', async () => {
    const lab = await ada.request('POST', `/api/spaces/${channel.space_id}/channels`, { name: 'lab', kind: 'public' });
    await bob.request('POST', `/api/channels/${lab.id}/join`, {});
    await post(ada, channel, 'The mill is open.');
    await post(ada, lab, 'The lab too.');
    await bob.goto('/inbox');
    const rest = page.getByRole('list', { name: 'Everything else' });
    await eventually(async () => (await rest.getByRole('listitem').count()) === 2, 'both are new');
    await rest.getByRole('button', { name: /^Mark read/ }).first().focus();
    await page.keyboard.press('Enter');
    await eventually(async () => (await rest.getByRole('listitem').count()) === 1 && (await isFocused(rest.getByRole('link'))), 'the other row has it');
    await rest.getByRole('button', { name: /^Mark read/ }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => isFocused(page.getByRole('heading', { name: 'Inbox' })), 'the title has it');
  });
});
