import type { Language, TextLanguage } from './core';

/** The texts of the app in one language, one chunk each. The sign-in pages bring their own, smaller ones. */
export async function loadTexts(language: TextLanguage): Promise<Language> {
  switch (language) {
    case 'de':
      return import('./languages/de');
    case 'ar':
      return import('./languages/ar');
    case 'en':
      return { texts: {}, problems: {} };
  }
}
