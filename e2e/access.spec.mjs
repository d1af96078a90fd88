/** Antiphon without a mouse, very narrow, with large text, without motion, in forced colours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, fits, isStill, openHouse } from './harness.mjs';
import { field, general, inTopic, message, newId, open, post, topicField } from './talk.mjs';

test('without a mouse: join, write, react, reply in a topic', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  await post(ada, channel, 'Welcome to the mill');
  const { url } = await ada.request('POST', '/api/invitations', {
    role: 'member',
    space_id: channel.space_id,
    channel_ids: [],
    max_uses: 1,
    expires_in_s: 3600,
  });
  const eve = await house.newVisitor('Eve Moss');
  const { page } = eve;
  const { keyboard } = page;

  /** Presses Tab until the focus stands on what is wanted; every stop on the way must show that it has it. */
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await keyboard.press('Tab');
      await focusIsVisible(page);
      if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    }
    assert.fail(`not reached with Tab: ${wanted}`);
  };

  await t.test('joins', async () => {
    await page.goto(url);
    await page.getByLabel('Your name').waitFor();
    if (!(await page.getByLabel('Your name').evaluate((element) => element === document.activeElement))) await tabTo(page.getByLabel('Your name'));
    await keyboard.type('Eve Moss');
    await keyboard.press('Tab');
    await keyboard.type('eve@example.org');
    await keyboard.press('Tab');
    await keyboard.type('a password for the mill');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'How shall we call you?' }).waitFor();
    await tabTo(page.getByRole('button', { name: 'Skip' }));
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Your face and your clock' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  await t.test('writes the first message', async () => {
    await message(page, 'Welcome to the mill').waitFor();
    await tabTo(field(page));
    await keyboard.type('Good morning');
    await keyboard.press('Enter');
    await message(ada.page, 'Good morning').waitFor({ timeout: 1 }).catch(() => undefined);
    await message(page, 'Good morning').waitFor();
  });

  await t.test('reacts to a message', async () => {
    await keyboard.press('Shift+Tab');
    await eventually(() => page.evaluate(() => document.activeElement.closest('[role=feed]') !== null), 'the feed has focus');
    await page.evaluate(() => document.activeElement.closest('article').focus());
    await keyboard.press('ArrowUp');
    await focusIsVisible(page);
    await keyboard.press('e');
    await page.getByRole('dialog', { name: 'Emoji' }).waitFor();
    await focusIsVisible(page);
    await keyboard.press('Enter');
    await message(page, 'Welcome to the mill').getByRole('button', { name: /^👍 1/ }).waitFor();
  });

  await t.test('starts a topic from it and replies there', async () => {
    await eventually(() => page.evaluate(() => document.activeElement.matches('article')), 'focus is back on the message');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Start a topic from this message' }).waitFor();
    await keyboard.type('How does it turn?');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'How does it turn?' }).waitFor();
    await tabTo(topicField(page));
    await keyboard.type('By water');
    await keyboard.press('Enter');
    await inTopic(page, 'By water').waitFor();
    await keyboard.press('Escape');
    await page.getByRole('heading', { name: 'How does it turn?' }).waitFor({ state: 'detached' });
  });

  await t.test('finds the keys, the other parts of the window, and other channels', async () => {
    await page.locator('[data-pane="main"]').focus();
    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await eve.inspect('shortcuts');
    await keyboard.press('Escape');
    const panes = new Set();
    for (let presses = 0; presses < 3; presses += 1) {
      await keyboard.press('F6');
      panes.add(await page.evaluate(() => document.activeElement.closest('[data-pane]')?.dataset.pane));
    }
    assert.deepEqual([...panes].toSorted(), ['main', 'rail', 'sidebar']);
  });
});

test('every screen fits, stays still and keeps its edges', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const bob = await house.newPerson('Bob Frost', { spaceId: channel.space_id });
  const origin = await post(bob, channel, 'A word of such length as Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft');
  await post(bob, channel, '| a | b | c |\n|---|---|---|\n| a long cell in a table | and another one | and a third |\n\n```\na line of code that is wider than any phone could ever show without scrolling\n```');
  const topic = await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Long words', origin_id: origin.id });
  await post(bob, channel, 'Indeed', { topic_id: topic.id });
  const direct = await ada.request('POST', '/api/directs', { people: [bob.me.id] });
  const screens = [
    ['channel', `/c/${channel.id}`],
    ['topic', `/c/${channel.id}/t/${topic.id}`],
    ['about', `/c/${channel.id}?about=true`],
    ['topics', `/c/${channel.id}/topics`],
    ['direct', `/c/${direct.id}`],
    ['people', '/people'],
    ['person', `/people/${bob.me.id}`],
    ['browse', `/browse/${channel.space_id}`],
    ['members', `/browse/${channel.space_id}?tab=members`],
    ['spaces', '/browse'],
    ['not found', '/nothing/here'],
    ...['profile', 'numbers', 'appearance', 'sessions', 'people', 'invitations', 'workspace'].map((name) => [`settings ${name}`, `/settings/${name}`]),
  ];
  const { page } = ada;
  const visit = async (path) => {
    await ada.goto(path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  };

  await t.test('at 320 px, and with text twice as large', async () => {
    for (const [name, path] of screens) {
      await page.setViewportSize({ width: 320, height: 640 });
      await visit(path);
      await fits(page, `${name} at 320 px`);
      // What a browser with 1440 × 900 leaves at 200 %.
      await page.setViewportSize({ width: 720, height: 450 });
      await fits(page, `${name} at 200 %`);
      await isStill(page, name);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await t.test('with the text spacing that a reader may choose', async () => {
    await visit(screens[1][1]);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('body, body *')) {
        Object.assign(element.style, { lineHeight: '1.5', letterSpacing: '0.12em', wordSpacing: '0.16em' });
      }
    });
    await fits(page, 'topic with wide spacing');
    assert.equal(await page.evaluate(clippedWords), '');
  });

  await t.test('in forced colours every button has an edge or an icon', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await visit(screens[1][1]);
    await ada.screenshot('forced-colours');
    const current = await page.evaluate(() => getComputedStyle(document.querySelector('[aria-current="page"]')).borderTopStyle);
    assert.notEqual(current, 'none');
    await page.emulateMedia({ forcedColors: 'none' });
  });

  await t.test('when the browser asks for motion too, nothing moves without end', async () => {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await visit(screens[0][1]);
    await page.waitForTimeout(1000);
    await isStill(page, 'channel at rest');
  });
});

/** Two pixels that differ from what is around them: an outline, or a shadow that draws one. */
async function focusIsVisible(page) {
  const found = await page.evaluate(() => {
    const chain = [];
    for (let element = document.activeElement; element && chain.length < 4; element = element.parentElement) chain.push(element);
    const marked = chain.some((element) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
      const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return hasOutline || (element.matches(':focus-within') && boxShadow !== 'none' && borderColor !== '');
    });
    return marked ? '' : document.activeElement.outerHTML.slice(0, 160);
  });
  assert.equal(found, '', 'the focus can be seen');
}

/** Runs in the page: labels of buttons that are cut off. */
function clippedWords() {
  const cut = [...document.querySelectorAll('button, a')].filter(
    (element) => element.checkVisibility() && getComputedStyle(element).overflow === 'hidden' && element.scrollHeight > element.clientHeight + 2,
  );
  return cut.map((element) => element.outerHTML.slice(0, 120)).join('\n');
}
