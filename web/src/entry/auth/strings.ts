import { registerText, type TextLanguage, type Texts } from '@/i18n/core';
import english from './strings.en.json';

export const t = registerText('auth', english);

/** Only the texts of these pages, for their 60 kB. */
export async function loadTexts(language: TextLanguage): Promise<Texts> {
  switch (language) {
    case 'de':
      return { auth: (await import('./strings.de.json')).default };
    case 'ar':
      return { auth: (await import('./strings.ar.json')).default };
    case 'en':
      return {};
  }
}
