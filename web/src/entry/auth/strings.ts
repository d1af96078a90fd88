import { registerText, type Language, type TextLanguage } from '@/i18n/core';
import english from './strings.en.json';

export const t = registerText('auth', english);

/** Only the texts of these pages, for their 60 kB. */
export async function loadTexts(language: TextLanguage): Promise<Language> {
  switch (language) {
    case 'de':
      return languageOf(import('./strings.de.json'), import('@/i18n/languages/problems.de.json'));
    case 'ar':
      return languageOf(import('./strings.ar.json'), import('@/i18n/languages/problems.ar.json'));
    case 'en':
      return { texts: {}, problems: {} };
  }
}

async function languageOf(texts: Promise<{ default: Language['texts'][string] }>, problems: Promise<{ default: Language['problems'] }>): Promise<Language> {
  return { texts: { auth: (await texts).default }, problems: (await problems).default };
}
