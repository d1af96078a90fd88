import i18n from 'i18next';

/** Text of the product. One JSON per feature, registered under the feature's name when its chunk loads. No React here:
 *  the sign-in pages use it too. */
void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

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
  return (key, values) => i18n.t(key, { ...values, ns: feature });
}

/** The language and direction of the page follow the person's choice; text falls back to English. */
export function setLanguage(language: string): void {
  void i18n.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = i18n.dir(language);
}

/** For Intl: the language of the page, in the reader's own variety where the browser names one ("en" read in Britain has a
 *  24-hour clock). */
export function currentLocale(): string {
  const isVariety = (locale: string) => locale.split('-')[0] === i18n.language;
  return navigator.languages.find(isVariety) ?? i18n.language;
}

export { i18n };
