// Screenshots, axe and figures of the message screens on the fake server: node src/testing/look.mjs [out]
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const out = process.argv[2] ?? '/tmp/look';
const only = process.argv[3] ?? '';
mkdirSync(out, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const outDir = '/tmp/antiphon-look';
const fakeFirst = {
  name: 'fake-first',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('<script type="module"', '<script type="module" src="/src/testing/installFake.ts"></script><script type="module"'),
  },
};
await build({ logLevel: 'error', plugins: [fakeFirst], build: { outDir, emptyOutDir: true } });
const server = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 5198, strictPort: false } });
const base = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

const channel = '01990000-0000-7000-8000-000000000010';
const shots = [
  { name: 'channel', path: `c/${channel}` },
  { name: 'unread', path: `c/${channel}?unread=30` },
  { name: 'topic', path: `c/${channel}`, act: topic },
  { name: 'topics', path: `c/${channel}/topics` },
  { name: 'empty', path: 'c/01990000-0000-7000-8000-000000000012' },
  { name: 'closed', path: 'c/01990000-0000-7000-8000-000000000011' },
  { name: 'direct', path: 'c/01990000-0000-7000-8000-000000000013' },
  { name: 'menu', path: `c/${channel}`, act: menu },
  { name: 'emoji', path: `c/${channel}`, act: emoji },
  { name: 'mention', path: `c/${channel}`, act: mention },
  { name: 'newtopic', path: `c/${channel}`, act: newTopic },
  { name: 'offline', path: `c/${channel}`, act: offline },
  { name: 'older', path: `c/${channel}`, act: older },
];

async function topic(page) {
  await page.evaluate(() => {
    const { id, channel_id } = window.fake.world.topics[0];
    history.pushState(null, '', `/c/${channel_id}/t/${id}`);
    dispatchEvent(new PopStateEvent('popstate'));
  });
}
async function menu(page) {
  await page.locator('article').last().click({ position: { x: 200, y: 8 } });
  await page.locator('article').last().locator('[data-more]').click();
}
async function emoji(page) {
  await page.locator('article').last().click();
  await page.keyboard.press('e');
  await page.waitForTimeout(1500);
}
async function mention(page) {
  await page.locator('[data-composer]').first().fill('');
  await page.locator('[data-composer]').first().pressSequentially('Thanks @');
}
async function newTopic(page) {
  await page.getByRole('button', { name: 'More ways to send' }).first().click();
  await page.getByRole('menuitem', { name: /new topic/ }).click();
}
async function offline(page) {
  await page.evaluate(() => (window.fakeIsOffline = true));
  await page.locator('[data-composer]').first().fill('Written without a network, **kept** for later.');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(800);
}
async function older(page) {
  await page.locator('[role=feed]').first().evaluate((box) => (box.scrollTop = 0));
}

let n_bad = 0;
for (const scheme of ['light', 'dark']) {
  for (const width of [1440, 360]) {
    const context = await browser.newContext({ viewport: { width, height: width === 360 ? 780 : 900 }, colorScheme: scheme, hasTouch: width === 360, locale: 'en-GB', timezoneId: 'Europe/Amsterdam' });
    for (const { name, path, act } of shots) {
      if (only && !only.split(',').includes(name)) continue;
      const page = await context.newPage();
      page.setDefaultTimeout(5000);
      page.setDefaultNavigationTimeout(60_000);
      page.on('pageerror', (error) => console.log(`${name} ${width} ${scheme}: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && console.log(`${name}: ${message.text().slice(0, 300)}`));
      await page.goto(base + path, { waitUntil: 'load' });
      await page.waitForSelector('main header, main [role=alert]', { timeout: 20000 }).catch(() => console.log(name, 'never drawn'));
      await page.waitForTimeout(700);
      await act?.(page).catch((error) => console.log(`${name} ${width}: ${error.message.split('\n')[0]}`));
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${out}/${name}-${width}-${scheme}.png` });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      for (const found of violations) {
        n_bad += 1;
        console.log(`axe ${name} ${width} ${scheme}: ${found.id} ×${found.nodes.length} ${found.nodes[0].html.slice(0, 160)} ${found.nodes[0].failureSummary.split('\n')[1] ?? ''}`);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) console.log(`${name} ${width}: scrolls sideways`);
      await page.close();
    }
    await context.close();
  }
}
console.log(`${n_bad} axe violations`);
await browser.close();
await server.close();
