// The house rules that the compiler does not know. Prints each breach as path:line, and fails if there is one.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const maxComponentLines = 150;
const maxLines = 800;

/** Inner rooms never know outer ones; a feature never knows another. */
const rooms = ['app', 'features', 'realtime', 'api', 'ui', 'router', 'i18n', 'lib'];
const mayImport = {
  app: rooms,
  entry: ['api', 'ui', 'i18n', 'lib', 'entry'],
  features: ['features', 'realtime', 'api', 'ui', 'router', 'i18n', 'lib'],
  realtime: ['realtime', 'api', 'i18n', 'lib'],
  ui: ['ui', 'router', 'api', 'i18n', 'lib'],
  router: ['router', 'lib'],
  i18n: ['i18n', 'api', 'lib'],
  api: ['api', 'lib'],
  lib: ['lib'],
};

const rules = [
  { name: 'physical direction in CSS', files: /\.css$/, pattern: /(^|[\s;{])((margin|padding|border|scroll-margin|scroll-padding)-(left|right)(-\w+)?|border-(top|bottom)-(left|right)-radius|left|right)\s*:|text-align:\s*(left|right)|float:\s*(left|right)/ },
  { name: 'a colour outside ui/', files: /\.css$/, except: /^src\/ui\//, pattern: /^(?!.*\bmask\b).*(#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\()/i },
  { name: '`any`', files: /\.tsx?$/, pattern: /(:|<|\bas|\|)\s*any\b(?=[\s;,)>\]|[=]|$)(?! [a-z])/ },
  { name: 'a non-null assertion', files: /\.tsx?$/, pattern: /[\w)\]]!(\.|;|,|\)|\[)/ },
  { name: 'a fetch in a component', files: /\.tsx$/, pattern: /\bfetch\(|\bapi\.(get|post|put|patch|del)\b/ },
  { name: 'markup from text', files: /\.tsx?$/, pattern: /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML/ },
  { name: 'a default export', files: /src\/.*\.tsx?$/, except: /\.d\.ts$/, pattern: /^export default/ },
];

const breaches = [];
for (const path of walk(join(root, 'src'))) checkFile(relative(root, path), readFileSync(path, 'utf8'));
for (const breach of breaches) console.error(breach);
console.log(breaches.length === 0 ? 'lint: the house rules hold' : `lint: ${breaches.length} breaches`);
process.exit(breaches.length === 0 ? 0 : 1);

function checkFile(path, text) {
  if (/\.test\.tsx?$|^src\/testing\/|^src\/api\/generated\.ts$/.test(path)) return;
  const lines = text.split('\n');
  if (path.endsWith('.tsx') && lines.length > maxComponentLines + 1) breach(path, lines.length, `a component of more than ${maxComponentLines} lines`);
  if (/\.(tsx?|css)$/.test(path) && lines.length > maxLines) breach(path, lines.length, `more than ${maxLines} lines`);
  lines.forEach((line, idx) => {
    for (const rule of rules) {
      if (rule.files.test(path) && !rule.except?.test(path) && rule.pattern.test(line)) breach(path, idx + 1, rule.name);
    }
    checkImport(path, line, idx + 1);
  });
  if (!/Dialog\.tsx$/.test(path)) checkFollowUps(path, text);
}

/** The callbacks of `mutate` are dropped with the component; what must be said all the same goes through `settle`. A dialog that was closed is done. */
function checkFollowUps(path, text) {
  for (const { index } of text.matchAll(/\.mutate\(/g)) {
    const call = text.slice(index, endOfCall(text, index + '.mutate'.length));
    if (/\bon(Success|Error):[^]*\b(showToast|tell\w*)\b/.test(call)) breach(path, text.slice(0, index).split('\n').length, 'a toast in a callback of `mutate`; use `settle`');
  }
}

/** Where the bracket that opens at this index is closed; brackets in strings come in pairs in our texts. */
function endOfCall(text, start) {
  let depth = 0;
  for (let idx = start; idx < text.length; idx += 1) {
    if (text[idx] === '(') depth += 1;
    if (text[idx] === ')' && --depth === 0) return idx;
  }
  return text.length;
}

function checkImport(path, line, number) {
  const [, target] = /(?:from|import\()\s*'@\/([^']+)'/.exec(line) ?? [];
  const [, room, feature] = path.split('/');
  if (!target || !mayImport[room]) return;
  const [targetRoom, targetFeature] = target.split('/');
  if (!mayImport[room].includes(targetRoom)) breach(path, number, `${room} must not know ${targetRoom}`);
  else if (room === 'features' && targetRoom === 'features' && targetFeature !== feature) breach(path, number, `${feature} must not know ${targetFeature}`);
}

function breach(path, line, name) {
  breaches.push(`${path}:${line}: ${name}`);
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (/\.(tsx?|css)$/.test(entry.name)) yield path;
  }
}
