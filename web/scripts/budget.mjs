// Proves the weight of the first load (docs: design guide 8.5): the shell with the channel screen, and the sign-in pages.
// What is loaded later, on demand, is weighed too: each part of it with all that it brings along.
// Run after `npm run build`. Prints one line per budget and fails when one is broken.
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const app = filesOf('index.html', ['src/app/HomeRoute.tsx', 'src/app/ChannelRoute.tsx']);
const auth = filesOf('auth.html');
const budgets = [
  { name: 'app, JavaScript', files: app.filter(isScript), max_kB: 160 },
  { name: 'app, CSS', files: app.filter(isStyle), max_kB: 15 },
  { name: 'sign-in pages and the page of guests, everything', files: ['auth.html', ...auth], max_kB: 60 },
  // `soon` is of the shell too: it comes right after the first screen.
  { name: 'a live session, over the shell', files: over(['src/app/LiveRoute.tsx']).filter((file) => !/\/soon-/.test(file)), max_kB: 180 },
  heaviestPart(),
];

let isBroken = false;
for (const { name, files, max_kB } of budgets) {
  const size_kB = files.reduce((sum, file) => sum + weigh(file), 0) / 1000;
  const isOver = size_kB > max_kB;
  isBroken ||= isOver;
  console.log(`${isOver ? 'OVER' : 'ok  '} ${name}: ${size_kB.toFixed(1)} kB of ${max_kB} kB`);
  if (process.argv.includes('--files')) for (const file of files) console.log(`       ${(weigh(file) / 1000).toFixed(1)} ${file}`);
}
process.exit(isBroken ? 1 : 0);

/** Everything that a page and these modules load before they can show themselves. */
function filesOf(page, modules = []) {
  const html = readFileSync(new URL(page, dist), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file);
  const seen = new Set();
  const files = new Set(named);
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    files.add(chunk.file);
    for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) visit(imported);
  };
  for (const [key, { file }] of Object.entries(manifest)) if (files.has(file)) visit(key);
  modules.forEach(visit);
  return [...files].filter((file) => existsSync(new URL(file, dist)));
}

/** What these modules bring that the first load has not brought. */
function over(keys) {
  const loaded = new Set([...app, ...auth]);
  const files = new Set(keys.flatMap((key) => reach(key)));
  return [...files].filter((file) => isScript(file) && !loaded.has(file));
}

/** The heaviest of what a click may load, without what the first load has brought. */
function heaviestPart() {
  const parts = Object.keys(manifest)
    .filter((key) => manifest[key].isDynamicEntry)
    .map((key) => ({ key, files: over([key]) }));
  const weighAll = ({ files }) => files.reduce((sum, file) => sum + weigh(file), 0);
  const { key, files } = parts.toSorted((a, b) => weighAll(b) - weighAll(a))[0];
  return { name: `heaviest part, ${key.split('/').at(-1)}`, files, max_kB: 350 };
}

/** The files of a module and of all that it imports. */
function reach(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return [];
  seen.add(key);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((imported) => reach(imported, seen))];
}

/** Fonts are compressed already; the rest travels as gzip. */
function weigh(file) {
  const bytes = readFileSync(new URL(file, dist));
  return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length;
}

function isScript(file) {
  return file.endsWith('.js');
}

function isStyle(file) {
  return file.endsWith('.css');
}
