// Every language has every text. English is where texts are written; a text that a language lacks is shown in English, and is
// named here as path: key. Fails when one is missing, has other placeholders than the English one, or is left over.
//
//   node scripts/languages.mjs                 lists what is wrong
//   node scripts/languages.mjs --missing       prints what is missing as JSON, with the English text, to be translated
//   node scripts/languages.mjs --take FILE     puts that JSON, translated, into the strings files
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const languages = ['de', 'ar'];
/** In these a language may say the number in a word of its own, or not at all: "two days" is one word in Arabic. */
const formsInWords = ['zero', 'one', 'two'];

const [option, given] = process.argv.slice(2);
if (option === '--take') take(JSON.parse(readFileSync(given, 'utf8')));
else if (option === '--missing') console.log(JSON.stringify(missing(), null, 2));
else list();

function list() {
  const faults = [...eachFile()].flatMap(({ path, language, english, texts }) => faultsOf(english, texts, language).map((fault) => `${path}: ${fault}`));
  faults.push(...unsaidProblems());
  for (const fault of faults) console.error(fault);
  console.log(faults.length === 0 ? `languages: ${languages.join(' and ')} have every text` : `languages: ${faults.length} texts need a look (--missing prints them)`);
  process.exit(faults.length === 0 ? 0 : 1);
}

/** The problems of docs/problems.md that a language has no words for. */
function unsaidProblems() {
  const documented = [...readFileSync(join(root, '../docs/problems.md'), 'utf8').matchAll(/^## ([\w-]+)$/gm)].map(([, slug]) => slug);
  documented.push('offline', 'unknown'); // the client's own
  return languages.flatMap((language) => {
    const path = `src/i18n/languages/problems.${language}.json`;
    const words = JSON.parse(readFileSync(join(root, path), 'utf8'));
    return documented.filter((slug) => !words[slug]?.title || !words[slug]?.detail).map((slug) => `${path}: ${slug} has no title and detail`);
  });
}

/** `{ path: { key: English text } }` of what is not translated. */
function missing() {
  const files = [...eachFile()].map(({ path, language, english, texts }) => {
    const wanted = wantedKeys(english, language).filter(({ key }) => !texts[key]);
    return [path, Object.fromEntries(wanted.map(({ key, from }) => [key, english[from]]))];
  });
  return Object.fromEntries(files.filter(([, keys]) => Object.keys(keys).length > 0));
}

/** Keeps the order of the English file. */
function take(translated) {
  for (const { path, language, english, texts } of eachFile()) {
    const grown = { ...texts, ...translated[path] };
    const ordered = wantedKeys(english, language).flatMap(({ key }) => (grown[key] ? [[key, grown[key]]] : []));
    writeFileSync(join(root, path), `${JSON.stringify(Object.fromEntries(ordered), null, 2)}\n`);
  }
}

function faultsOf(english, texts, language) {
  const wanted = wantedKeys(english, language);
  const faults = wanted.flatMap(({ key, from, form }) => {
    if (!texts[key]) return [`${key} is missing: ${english[from]}`];
    const [own, given] = [placeholders(texts[key]), placeholders(english[from])];
    const mayLack = (name) => name === 'count' && formsInWords.includes(form);
    const isSame = own.every((name) => given.includes(name)) && given.every((name) => own.includes(name) || mayLack(name));
    return isSame ? [] : [`${key} has the placeholders ${own.join(', ') || 'none'} instead of ${given.join(', ') || 'none'}`];
  });
  const known = new Set(wanted.map(({ key }) => key));
  return [...faults, ...Object.keys(texts).flatMap((key) => (known.has(key) ? [] : [`${key} is not in English`]))];
}

/** The keys that a language needs, each with the English key it says the same as: one per plural form that the language has. */
function wantedKeys(english, language) {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const order = ['zero', 'one', 'two', 'few', 'many', 'other'].filter((form) => forms.includes(form));
  return Object.keys(english).flatMap((key) => {
    const [, base, form] = /^(.*)_(one|other)$/.exec(key) ?? [];
    const isPlural = base !== undefined && `${base}_one` in english && `${base}_other` in english;
    if (!isPlural) return [{ key, from: key, form: null }];
    return form === 'one' ? [] : order.map((own) => ({ key: `${base}_${own}`, from: own === 'one' ? `${base}_one` : key, form: own }));
  });
}

function placeholders(text) {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name))].sort();
}

function* eachFile() {
  for (const path of walk(join(root, 'src'))) {
    const english = JSON.parse(readFileSync(path, 'utf8'));
    for (const language of languages) {
      const own = path.replace(/strings\.en\.json$/, `strings.${language}.json`);
      const texts = existsSync(own) ? JSON.parse(readFileSync(own, 'utf8')) : {};
      yield { path: relative(root, own), language, english, texts };
    }
  }
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.name === 'strings.en.json') yield path;
  }
}
