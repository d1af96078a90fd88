// Nodes and main-thread time of a timeline with 10,000 messages: node src/testing/figures.mjs (builds the app with the fake).
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const outDir = '/tmp/antiphon-figures';
const fakeFirst = {
  name: 'fake-first',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) => html.replace('<script type="module"', '<script type="module" src="/src/testing/installFake.ts"></script><script type="module"'),
  },
};
await build({ logLevel: 'error', plugins: [fakeFirst], build: { outDir, emptyOutDir: true } });
const server = await preview({ logLevel: 'error', build: { outDir }, preview: { port: 5299, strictPort: false } });
const base = server.resolvedUrls.local[0];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
page.on('pageerror', (error) => console.log(error.message));
await page.goto(`${base}c/01990000-0000-7000-8000-000000000010?n=10000&first=10100`);
await page.waitForSelector('article');
await page.waitForTimeout(1500);
const cdp = await page.context().newCDPSession(page);
await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
const cpu_s = async () => (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
const rows = await page.evaluate(() => ({ set: document.querySelector('article').getAttribute('aria-setsize'), nodes: document.querySelectorAll('*').length }));
console.log(`articles in the set: ${rows.set}; DOM nodes at rest: ${rows.nodes}`);

const before = await cpu_s();
const seen = await page.evaluate(async () => {
  const box = document.querySelector('[role=feed]');
  let n_nodes = 0;
  let n_blank = 0;
  const n_frames = 300;
  for (let idx = 0; idx < n_frames; idx += 1) {
    box.scrollTop -= 40;
    await new Promise(requestAnimationFrame);
    n_nodes = Math.max(n_nodes, document.querySelectorAll('*').length);
    const { top, height } = box.getBoundingClientRect();
    const middle = top + height / 2;
    const covers = [...box.querySelectorAll('[data-index], article')].some((row) => {
      const own = (row.parentElement ?? row).getBoundingClientRect();
      return own.top <= middle && own.bottom >= middle;
    });
    if (!covers) n_blank += 1;
  }
  return { n_nodes, n_blank, n_frames };
});
const after = await cpu_s();
console.log(`scrolling by 40 px: ${(((after - before) * 1000) / seen.n_frames).toFixed(1)} ms of main thread a frame, at most ${seen.n_nodes} nodes, ${seen.n_blank} blank middles`);

const jump = await page.evaluate(async () => {
  const box = document.querySelector('[role=feed]');
  const began = performance.now();
  box.scrollTop = 0;
  while (!document.querySelector('article[aria-posinset="1"]')) await new Promise(requestAnimationFrame);
  return performance.now() - began;
});
console.log(`jump to the first message: ${jump.toFixed(0)} ms`);
await browser.close();
await server.close();
