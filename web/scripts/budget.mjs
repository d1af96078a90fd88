// Proves the weight of the first load (docs: design guide 8.5): the shell with the channel screen, and the sign-in pages.
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
  { name: 'sign-in pages, everything', files: ['auth.html', ...auth], max_kB: 60 },
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
