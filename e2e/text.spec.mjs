/** Rich text on the screen: code in colours, formulas, hidden text, footnotes, emoji by name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, open, post, say } from './talk.mjs';

const BACKTICKS = '`'.repeat(3);

test('text', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const { page } = ada;
  await open(ada, channel);

  await t.test('code has the colours of its language, and stays text', async () => {
    await post(ada, channel, `The engine:\n\n${BACKTICKS}rust\nlet n = 1; // <b>not bold</b>\nprintln!("{n}");\n${BACKTICKS}`);
    const code = message(page, 'The engine').locator('pre code');
    await code.locator('[data-token="keyword"]').first().waitFor();
    assert.equal(await code.innerText(), 'let n = 1; // <b>not bold</b>\nprintln!("{n}");');
    const colour = (kind) => code.locator(`[data-token="${kind}"]`).first().evaluate((element) => getComputedStyle(element).color);
    assert.notEqual(await colour('keyword'), await colour('comment'));
  });

  await t.test('formulas are set with our own fonts, and told to a screen reader as MathML', async () => {
    const asked = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await post(ada, channel, 'Then $e^{i\\pi} + 1 = 0$ and\n\n$$\n\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt\\pi}{2}\n$$');
    const said = message(page, 'Then');
    await said.locator('.katex-html').nth(1).waitFor({ state: 'attached' });
    assert.equal(await said.locator('math').count(), 2);
    await page.evaluate(() => document.fonts.ready);
    assert.ok(asked.some((path) => /^\/assets\/KaTeX_.*\.woff2$/.test(path)), 'its fonts come from here');
    assert.ok(asked.every((path) => !/\.(ttf|woff)$/.test(path)));
  });

  await t.test('what cannot be set, and what would harm, is shown as it was typed', async () => {
    await post(ada, channel, 'Broken $\\frac{1$ here');
    await message(page, 'Broken').locator('code', { hasText: '\\frac{1' }).waitFor();
    await post(ada, channel, 'Bomb $\\def\\a#1{#1#1}\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}}}}}}}}}$');
    await message(page, 'Bomb').locator('code', { hasText: '\\def' }).waitFor();
    await post(ada, channel, 'Link $\\href{javascript:alert(1)}{x}$ here');
    await message(page, 'Link').locator('.katex, code').first().waitFor();
    assert.equal(await message(page, 'Link').locator('a').count(), 0);
    await post(ada, channel, 'Picture $\\includegraphics{https://example.org/x.png}$ here');
    await message(page, 'Picture').locator('.katex, code').first().waitFor();
    assert.equal(await message(page, 'Picture').locator('img').count(), 0);
    await post(ada, channel, 'Huge $\\rule{99999em}{99999em}$ here');
    await message(page, 'Huge').locator('.katex, code').first().waitFor();
  });

  await t.test('money is no formula', async () => {
    await say(page, 'It costs $5 and not $10');
    await message(page, 'It costs $5 and not $10').waitFor();
  });

  await t.test('hidden text is shown by a click or a key, and told then', async () => {
    await post(ada, channel, 'It was ||the **butler**||, I think');
    const said = message(page, 'It was');
    const show = said.getByRole('button', { name: 'Hidden text. Show it' });
    await show.waitFor();
    assert.equal(await said.locator('p [role="status"]').innerText(), '');
    await ada.inspect('rich-text');
    await said.focus();
    await page.keyboard.press('Tab');
    await eventually(() => show.evaluate((element) => element === document.activeElement), 'the tab key reaches it');
    await page.keyboard.press('Enter');
    await show.waitFor({ state: 'detached' });
    assert.equal(await said.locator('p [role="status"]').innerText(), 'the butler');
    await post(ada, channel, 'and by ||mouse||');
    await message(page, 'and by').getByRole('button', { name: 'Hidden text. Show it' }).click();
    await message(page, 'and by').getByText('mouse').waitFor();
  });

  await t.test('footnotes lead there and back', async () => {
    await post(ada, channel, 'As is known[^1].\n\n[^1]: Lovelace, *Notes*, 1843.');
    const said = message(page, 'As is known');
    const reference = said.getByRole('button', { name: 'Footnote 1', exact: true });
    await reference.click();
    await eventually(() => page.evaluate(() => document.activeElement?.tagName === 'LI'), 'the note has the focus');
    await said.getByRole('button', { name: 'Back to where footnote 1 belongs' }).click();
    await eventually(() => reference.evaluate((element) => element === document.activeElement), 'back again');
  });

  await t.test('emoji by name', async () => {
    await field(page).pressSequentially('A :hedgeh');
    await page.getByRole('option', { name: ':hedgehog:' }).waitFor();
    await field(page).pressSequentially('og: and :tada: here');
    assert.equal(await field(page).inputValue(), 'A 🦔 and 🎉 here');
    await field(page).fill('');
    await say(page, 'Done :tada: at 10:30:15');
    await message(page, 'Done 🎉 at 10:30:15').waitFor();
    await ada.inspect('rich-text-2');
  });

  await t.test('and all of it in a page that runs from right to left', async () => {
    await ada.request('PATCH', '/api/me', { language: 'ar' });
    await open(ada, channel);
    await message(page, 'Then').locator('.katex-html').nth(1).waitFor({ state: 'attached' });
    await ada.inspect('ar-rich-text');
  });
});
