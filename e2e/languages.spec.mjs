/** German and Arabic: who reads them finds every word in them, from the first page on, and the other way round in Arabic. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, openHouse } from './harness.mjs';
import { field, general, message, newId, open, post } from './talk.mjs';

const attribute = (page, name) => page.evaluate((name) => document.documentElement.getAttribute(name), name);

/** Words of the English texts that stand on the screen, apart from what people wrote and the names of keys and products. */
async function englishWords(page) {
  const text = await page.evaluate(() => {
    const seen = document.body.cloneNode(true);
    for (const own of seen.querySelectorAll('[dir="auto"], bdi, kbd, option, textarea')) own.remove();
    const labels = [...seen.querySelectorAll('[aria-label], [title]')].flatMap((element) => [element.ariaLabel, element.title]);
    return [seen.textContent, ...labels].join(' ');
  });
  return text.match(/\b(the|and|your|you|with|people|channel|messages?|settings|search|write|send|topics?|spaces?|replies|more|new|back|close|save)\b/gi) ?? [];
}

test('languages', async (t) => {
  const house = await openHouse(t);
  const ada = await house.newOwner();
  const channel = await general(ada);
  const noor = await house.newPerson('Noor Aziz', { spaceId: channel.space_id });
  await noor.request('PATCH', '/api/me', { language: 'ar' });
  const first = await post(ada, channel, 'Welcome to the lab, https://example.org/a?b=1 is the plan');
  await post(noor, channel, 'صباح الخير! هذه **خطة** الأسبوع:\n\n- المختبر\n- Reading group\n\n```rust\nfn main() {}\n```');
  await post(noor, channel, 'أوافق تمامًا', { quote_id: first.id });
  await post(ada, channel, 'A topic begins here', { topic_id: (await ada.request('POST', `/api/channels/${channel.id}/topics`, { id: newId(), title: 'Osmosis at home', origin_id: first.id })).id });

  await t.test('a stranger whose browser reads Arabic or German is met in it', async () => {
    for (const [locale, lang, dir, words] of [
      ['ar-EG', 'ar', 'rtl', 'تسجيل الدخول إلى Analytical Society'],
      ['de-AT', 'de', 'ltr', 'Bei Analytical Society anmelden'],
      ['fr-FR', 'en', 'ltr', 'Sign in to Analytical Society'],
    ]) {
      const stranger = await house.newVisitor('stranger', { locale });
      await stranger.goto('/sign-in');
      await stranger.page.getByRole('heading', { name: words }).waitFor();
      assert.deepEqual([await attribute(stranger.page, 'lang'), await attribute(stranger.page, 'dir')], [lang, dir]);
      if (lang !== 'en') assert.deepEqual(await englishWords(stranger.page), []);
      if (lang === 'ar') await stranger.inspect('ar-sign-in');
      stranger.expectConsole(/status of 401/);
      await stranger.page.locator('input[name=email]').fill('nobody@example.org');
      await stranger.page.locator('input[name=password]').fill('not the password');
      await stranger.page.locator('button[type=submit]').click();
      const refusal = stranger.page.getByRole('alert').filter({ hasText: /\S/ });
      await refusal.waitFor();
      if (lang !== 'en') assert.deepEqual(await englishWords(stranger.page), [], 'also what the server refuses');
    }
  });

  await t.test('the page speaks the language of the person, not of the browser', async () => {
    await open(noor, channel);
    assert.deepEqual([await attribute(noor.page, 'lang'), await attribute(noor.page, 'dir')], ['ar', 'rtl']);
    await message(noor.page, 'أوافق تمامًا').waitFor();
    assert.deepEqual(await englishWords(noor.page), []);
  });

  await t.test('the key screens in Arabic stand the other way round and hold for axe', async () => {
    await noor.inspect('ar-channel');
    const { page } = noor;
    const [rail, work] = await page.evaluate(() => ['nav', '[data-pane="main"]'].map((part) => document.querySelector(part).getBoundingClientRect().left));
    assert.ok(rail > work, 'the rail stands to the right of the messages');
    for (const [name, path] of [
      ['topic', `/c/${channel.id}/t/${await topicOf(noor, channel)}`],
      ['about', `/c/${channel.id}?about=true`],
      ['topics', `/c/${channel.id}/topics`],
      ['people', '/people'],
      ['browse', '/browse'],
      ['profile', '/settings/profile'],
      ['appearance', '/settings/appearance'],
      ['sessions', '/settings/sessions'],
    ]) {
      await noor.goto(path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await eventually(async () => (await page.locator('[aria-busy="true"]').count()) === 0, `${path} is there`);
      await noor.inspect(`ar-${name}`);
      assert.deepEqual(await englishWords(page), [], path);
    }
  });

  await t.test('menus and dialogs in Arabic', async () => {
    const { page } = noor;
    await open(noor, channel);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await noor.inspect('ar-jump');
    await page.keyboard.press('Escape');
    await message(page, 'أوافق تمامًا').hover();
    await message(page, 'أوافق تمامًا').getByRole('button', { name: 'المزيد' }).click();
    await page.getByRole('menu').waitFor();
    await noor.inspect('ar-menu');
    await page.keyboard.press('Escape');
  });

  await t.test('whoever changes the language in the settings reads it at once, and after a reload too', async () => {
    const { page } = ada;
    await ada.goto('/settings/profile');
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually(async () => (await attribute(page, 'lang')) === 'de', 'the page says that it is German');
    await page.reload();
    await page.getByRole('heading', { name: 'Profil' }).first().waitFor();
    assert.deepEqual(await englishWords(page), []);
    await ada.inspect('de-profile');
    await open(ada, channel);
    await field(page).fill('Guten Morgen');
    await page.getByText('Umschalt+Eingabe für eine neue Zeile').waitFor();
    await ada.inspect('de-channel');
    assert.deepEqual(await englishWords(page), []);
  });
});

async function topicOf(person, channel) {
  const { items } = await person.request('GET', `/api/channels/${channel.id}/topics`);
  return items[0].id;
}
