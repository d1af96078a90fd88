import { readText, writeText } from '@/lib/storage';

/**
 * Text of the product. One JSON per feature and language; English comes with the feature's chunk, every other language as one
 * chunk of its own, asked for when somebody reads it. What is not translated yet is shown in English. No React here: the
 * sign-in pages use it too.
 */

/** The languages that texts come in. */
export const textLanguages = ['en', 'de', 'ar'] as const;
export type TextLanguage = (typeof textLanguages)[number];
/** The strings of all features in one language, by feature. */
export type Texts = Record<string, Record<string, string>>;
/** What the server's refusals are called, by the last part of their type. */
export type ProblemWords = Record<string, { title: string; detail: string }>;
export type Language = { texts: Texts; problems: ProblemWords };
/** Fetches the texts of one language; each page has its own, as it needs its own features. */
export type LoadTexts = (language: TextLanguage) => Promise<Language>;

export type Values = Record<string, string | number>;

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The keys of a strings file, and those with a plural ending taken off. */
export type TextKey<Strings> =
  | (keyof Strings & string)
  | { [Key in keyof Strings]: Key extends `${infer Base}_${Plural}` ? Base : never }[keyof Strings];

export type Text<Strings> = (key: TextKey<Strings>, values?: Values) => string;

/** Registers the English text of a feature and returns its typed `t`. */
export function registerText<Strings extends Record<string, string>>(feature: string, english: Strings): Text<Strings> {
  putTexts('en', { [feature]: english });
  return (key, values) => fill(find(spoken, feature, key, values) ?? find('en', feature, key, values) ?? key, values);
}

const CHOSEN = 'antiphon.language';
/** What the reader asked for, which may be a language that we have no texts in. */
let wanted = 'en';
/** What is on the screen. */
let spoken: TextLanguage = 'en';
const books = new Map<TextLanguage, Texts>();
const problems = new Map<TextLanguage, ProblemWords>();
const rules = new Map<TextLanguage, Intl.PluralRules>();
const listeners = new Set<() => void>();
let loadTexts: LoadTexts | null = null;

/** Before the first drawing: the language of the last visit, else the browser's. */
export async function beginLanguage(load: LoadTexts): Promise<void> {
  loadTexts = load;
  await show(readText(CHOSEN) ?? navigator.languages.find((language) => textLanguage(language) !== null) ?? 'en');
}

/** The language and direction of the page follow the person's choice. */
export async function setLanguage(language: string): Promise<void> {
  writeText(CHOSEN, language);
  await show(language);
}

/** For Intl: the person's language, in the reader's own variety where the browser names one ("en" read in Britain has a
 *  24-hour clock). */
export function currentLocale(): string {
  const isVariety = (locale: string) => locale.split('-')[0] === wanted;
  return navigator.languages.find(isVariety) ?? wanted;
}

/** A number as the reader writes it; counts in texts come this way too. */
export function formatNumber(value: number): string {
  const locale = currentLocale();
  if (formatter?.locale !== locale) formatter = { locale, format: new Intl.NumberFormat(locale).format };
  return formatter.format(value);
}

let formatter: { locale: string; format: (value: number) => string } | null = null;

/** The texts that a reader of this language is shown, if there are any. */
export function textLanguage(language: string): TextLanguage | null {
  const base = language.split('-')[0]?.toLowerCase();
  return textLanguages.find((own) => own === base) ?? null;
}

/** The words for a type of problem such as `/problems/archived`, in the language of the page; none in English, which the server speaks. */
export function wordsForProblem(type: string): { title: string; detail: string } | undefined {
  return problems.get(spoken)?.[type.split('/').at(-1) ?? ''];
}

export function spokenLanguage(): TextLanguage {
  return spoken;
}

/** Called after the language of the page has changed. Returns its undo. */
export function subscribeToLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function show(language: string): Promise<void> {
  wanted = language;
  const next = textLanguage(language) ?? 'en';
  if (next !== 'en' && loadTexts && !books.has(next)) {
    // Without a network the page stays in the language it has, and asks again at the next visit.
    const loaded = await loadTexts(next).catch(() => null);
    if (!loaded || wanted !== language) return;
    putTexts(next, loaded.texts);
    problems.set(next, loaded.problems);
  }
  spoken = next;
  document.documentElement.lang = next;
  document.documentElement.dir = next === 'ar' ? 'rtl' : 'ltr';
  for (const listener of listeners) listener();
}

function putTexts(language: TextLanguage, texts: Texts): void {
  books.set(language, { ...books.get(language), ...texts });
}

/** The text under a key; where a number decides its form, under the key with that form. */
function find(language: TextLanguage, feature: string, key: string, values: Values = {}): string | undefined {
  const strings = books.get(language)?.[feature];
  const { count } = values;
  return (typeof count === 'number' && strings?.[`${key}_${formOf(language, count)}`]) || strings?.[key];
}

function formOf(language: TextLanguage, count: number): Plural {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known.select(count);
}

function fill(text: string, values: Values | undefined): string {
  if (!values) return text;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? formatNumber(value) : (value ?? whole);
  });
}
