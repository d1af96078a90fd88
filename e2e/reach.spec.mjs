/** Targets that a finger or an unsteady hand can hit, edges in forced colours, every key of the map, both densities. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, newId, open, post, say } from './talk.mjs';

test('reach', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const origin = await post(bob, channel, 'Which **gate** opens first? See https://example.org');
  await ada.request('PUT', `/api/channels/${channel.id}/messages/${origin.id}/reactions/${encodeURIComponent('👍')}`);
  const topic = await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Order of gates', origin_id: origin.id });
  await post(bob, channel, 'The small one', { topic_id: topic.id });
  const screens = [
    ['channel', `/c/${channel.id}`],
    ['topic', `/c/${channel.id}/t/${topic.id}`],
    ['about', `/c/${channel.id}?about=true`],
    ['topics', `/c/${channel.id}/topics`],
    ['list', '/'],
    ['people', '/people'],
    ['person', `/people/${bob.me.id}`],
    ['space', `/browse/${channel.space_id}`],
    ...['profile', 'numbers', 'appearance', 'sessions', 'people', 'invitations', 'workspace'].map((name) => [`settings ${name}`, `/settings/${name}`]),
  ];
  const { page } = ada;
  const { keyboard } = page;
  const visit = async (path) => {
    await ada.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  };

  await t.test('targets are at least 24 px, and 44 px tall under a thumb', async () => {
    const small = [];
    for (const [width, height, least, hasTouch] of [[1440, 900, 24, false], [360, 740, 44, true]]) {
      await page.setViewportSize({ width, height });
      for (const [name, path] of screens) {
        await visit(path);
        small.push(...(await page.evaluate(smallTargets, { least, hasTouch })).map((found) => `${name} at ${width}: ${found}`));
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    assert.deepEqual(small, []);
  });

  await t.test('in forced colours every button and chip has an edge', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    const bare = [];
    for (const [name, path] of screens) {
      await visit(path);
      bare.push(...(await page.evaluate(withoutEdge)).map((found) => `${name}: ${found}`));
    }
    await page.emulateMedia({ forcedColors: 'none' });
    assert.deepEqual([...new Set(bare)], []);
  });

  await t.test('compact shows more of a conversation, and holds', async () => {
    await open(ada, channel);
    const heightOf = () => message(page, 'Which gate').evaluate((element) => element.getBoundingClientRect().height);
    const comfortable = await heightOf();
    await visit('/settings/appearance');
    await page.getByText('Compact', { exact: true }).click();
    await open(ada, channel);
    assert.ok((await heightOf()) < comfortable);
    await ada.inspect('compact');
    await visit('/settings/appearance');
    await page.getByText('Comfortable', { exact: true }).click();
  });

  await t.test('keys that go to places', async () => {
    await open(ada, channel);
    await page.locator('[data-pane="main"]').focus();
    await keyboard.press('Control+5');
    await page.waitForURL(/\/people/);
    await keyboard.press('Control+1');
    await page.waitForURL(/\/today/);
    await keyboard.press('Control+2');
    await page.waitForURL(/\/inbox/);
    await keyboard.press('Control+3');
    await page.waitForURL(/\/c\//);
    await keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('Shift+F6');
    await eventually(() => page.evaluate(() => document.activeElement.closest('[data-pane]') !== null), 'a pane has the focus');
  });

  await t.test('keys of a message, and that they can be turned off', async () => {
    await open(ada, channel);
    await say(page, 'A second one');
    await message(page, 'A second one').waitFor();
    await message(page, 'A second one').focus();
    await keyboard.press('k');
    await eventually(() => hasFocus(message(page, 'Which gate')), 'K goes up');
    await keyboard.press('j');
    await eventually(() => hasFocus(message(page, 'A second one')), 'J goes down');
    await keyboard.press('.');
    await page.getByRole('menu').waitFor();
    await keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await message(page, 'A second one').focus();
    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await keyboard.press('Escape');

    await visit('/settings/appearance');
    await page.getByRole('switch', { name: /Keys of a single letter/ }).click();
    await open(ada, channel);
    await message(page, 'A second one').focus();
    for (const key of ['k', 'r', 'e', 'u', 'c', '.', '?']) await keyboard.press(key);
    assert.ok(await hasFocus(message(page, 'A second one')), 'nothing happened');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await keyboard.press('ArrowUp');
    await eventually(() => hasFocus(message(page, 'Which gate')), 'arrows still go up');
    await visit('/settings/appearance');
    await page.getByRole('switch', { name: /Keys of a single letter/ }).click();
  });

  await t.test('keys of the field', async () => {
    await open(ada, channel);
    await field(page).fill('Line one');
    await keyboard.press('Shift+Enter');
    await keyboard.type('and two');
    assert.equal(await field(page).inputValue(), 'Line one\nand two');
    await keyboard.press('Control+Shift+Enter');
    await page.getByRole('menuitem', { name: 'Start as a new topic' }).waitFor();
    await keyboard.press('Escape');
    await eventually(() => hasFocus(field(page)), 'the focus goes back to the field');
    await field(page).press('Enter');
    await message(page, 'Line one').waitFor();
    await keyboard.press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit message' }).waitFor();
    await keyboard.press('Escape');
    await visit('/settings/appearance');
    await page.getByRole('switch', { name: /Send with Ctrl/ }).click();
    await open(ada, channel);
    await field(page).fill('Sent');
    await field(page).press('Enter');
    assert.equal(await field(page).inputValue(), 'Sent\n');
    await field(page).press('Control+Enter');
    await message(page, 'Sent').waitFor();
  });

  await t.test('a screen reader hears who said what, and of many only how many', async () => {
    await open(ada, channel);
    await page.evaluate(() => {
      const region = document.querySelector('[data-pane="main"] [aria-live="polite"]');
      globalThis.heard = [];
      new MutationObserver(() => globalThis.heard.push([performance.now(), region.textContent])).observe(region, { childList: true, characterData: true, subtree: true });
    });
    await post(bob, channel, 'Quietly now');
    await eventually(() => page.evaluate(() => globalThis.heard.length === 1), 'the message is said');
    for (let n = 1; n <= 8; n++) await post(bob, channel, `Gate ${n}`);
    await eventually(() => page.evaluate(() => globalThis.heard.at(-1)[1] === '8 new messages'), 'the others are counted', 15_000);
    const heard = await page.evaluate(() => globalThis.heard);
    assert.equal(heard[0][1], 'Bob Frost: Quietly now');
    const pauses = heard.slice(1).map(([at], idx) => at - heard[idx][0]);
    assert.ok(pauses.every((ms) => ms > 4_500), `at most once in five seconds: ${pauses}`);
    const name = await message(page, 'Quietly now').evaluate((article) => article.getAttribute('aria-label') ?? document.getElementById(article.getAttribute('aria-labelledby'))?.textContent);
    assert.equal(name.match(/Bob Frost/g).length, 1, `the sender once: ${name}`);
    assert.equal(name.match(/\d\d:\d\d/g).length, 1, `the time once: ${name}`);
  });
});

const hasFocus = (locator) => locator.evaluate((element) => element === document.activeElement);

/** Runs in the page: what can be pressed and is too small. Links within a text are free (WCAG 2.5.8), and so is what the browser draws. */
function smallTargets({ least, hasTouch }) {
  const isFree = (element) => element.closest('p, [class*="_markup_"], .visually-hidden') !== null || element.getAttribute('tabindex') === '-1' || element.closest('[inert], [aria-hidden="true"]') !== null;
  const targets = [...document.querySelectorAll('button, a[href], input, select, [role="button"], [role="menuitem"], [role="tab"]')];
  return targets
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !isFree(element))
    .flatMap((element) => {
      // The label of a box or a radio button is part of its target.
      const isStretched = getComputedStyle(element, '::after').position === 'absolute' && getComputedStyle(element, '::after').inset === '0px';
      const boxes = [element, element.closest('label'), isStretched ? element.offsetParent : null].filter(Boolean).map((part) => part.getBoundingClientRect());
      const height = Math.max(...boxes.map((box) => box.height));
      const width = Math.max(...boxes.map((box) => box.width));
      const isInView = boxes[0].width > 1 && boxes[0].right > 0 && boxes[0].bottom > 0;
      const isSmall = height < least - 0.5 || width < (hasTouch ? 24 : least) - 0.5;
      return isInView && isSmall ? [`${element.tagName} "${(element.ariaLabel || element.textContent).trim().slice(0, 30)}" ${Math.round(width)} × ${Math.round(height)}`] : [];
    });
}

/** Runs in the page: buttons with words, and chips, that nothing bounds. Rows of lists and menus are bounded by the list. */
function withoutEdge() {
  const hasEdge = (element) => {
    const { borderTopStyle, borderTopWidth, outlineStyle } = getComputedStyle(element);
    return (borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1) || outlineStyle !== 'none';
  };
  const isWords = (element) => element.textContent.trim() !== '';
  const isRow = (element) => element.closest('nav, [role="menu"], [role="feed"] header, li') !== null;
  const buttons = [...document.querySelectorAll('button, [class*="_chip_"], a[class*="_button_"]')];
  return buttons
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && isWords(element) && !isRow(element) && !hasEdge(element))
    .map((element) => `${element.tagName}.${element.className} "${element.textContent.trim().slice(0, 30)}"`);
}
