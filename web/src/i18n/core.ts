import i18n from 'i18next';
import { readText, writeText } from '@/lib/storage';

/**
 * Text of the product. One JSON per feature and language; English comes with the feature's chunk, every other language as one
 * chunk of its own, asked for when somebody reads it. What is not translated yet is shown in English. No React here: the
 * sign-in pages use it too.
 */
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

/** The languages that texts come in. */
export const textLanguages = ['en', 'de', 'ar'] as const;
export type TextLanguage = (typeof textLanguages)[number];
/** The strings of all features in one language, by feature. */
export type Texts = Record<string, Record<string, string>>;
/** Fetches the texts of one language; each page has its own, as it needs its own features. */
export type LoadTexts = (language: TextLanguage) => Promise<Texts>;

export type Values = Record<string, string | number>;

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** The keys of a strings file, and those with a plural ending taken off. */
export type TextKey<Strings> =
  | (keyof Strings & string)
  | { [Key in keyof Strings]: Key extends `${infer Base}_${Plural}` ? Base : never }[keyof Strings];

export type Text<Strings> = (key: TextKey<Strings>, values?: Values) => string;

/** Registers the English text of a feature and returns its typed `t`. */
export function registerText<Strings extends Record<string, string>>(feature: string, english: Strings): Text<Strings> {
  i18n.addResourceBundle('en', feature, english);
  // `count` chooses the plural form as it is; what is shown are the numbers as the reader writes them.
  return (key, values) => i18n.t(key, values ? { ...values, ns: feature, replace: written(values) } : { ns: feature });
}

const CHOSEN = 'antiphon.language';
/** What the reader asked for, which may be a language that we have no texts in. */
let wanted: string | null = null;
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
  const language = wanted ?? i18n.language;
  const isVariety = (locale: string) => locale.split('-')[0] === language;
  return navigator.languages.find(isVariety) ?? language;
}

/** A number as the reader writes it; counts in texts come this way too. */
export function formatNumber(value: number): string {
  const locale = currentLocale();
  if (formatter?.locale !== locale) formatter = { locale, format: new Intl.NumberFormat(locale).format };
  return formatter.format(value);
}

function written(values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value) : value]));
}

let formatter: { locale: string; format: (value: number) => string } | null = null;

/** The texts that a reader of this language is shown, if there are any. */
export function textLanguage(language: string): TextLanguage | null {
  const base = language.split('-')[0]?.toLowerCase();
  return textLanguages.find((own) => own === base) ?? null;
}

async function show(language: string): Promise<void> {
  const spoken = textLanguage(language) ?? 'en';
  wanted = language;
  if (spoken !== 'en' && loadTexts && !i18n.hasResourceBundle(spoken, 'ui') && !i18n.hasResourceBundle(spoken, 'auth')) {
    // Without a network the page stays in the language it has, and asks again at the next visit.
    const texts = await loadTexts(spoken).catch(() => null);
    if (!texts || wanted !== language) return;
    for (const [feature, strings] of Object.entries(texts)) i18n.addResourceBundle(spoken, feature, strings);
  }
  await i18n.changeLanguage(spoken);
  document.documentElement.lang = spoken;
  document.documentElement.dir = i18n.dir(spoken);
}

export { i18n };
