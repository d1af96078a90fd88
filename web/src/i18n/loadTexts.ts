import type { TextLanguage, Texts } from './core';

/** The texts of the app in one language, one chunk each. The sign-in pages bring their own, smaller ones. */
export async function loadTexts(language: TextLanguage): Promise<Texts> {
  switch (language) {
    case 'de':
      return (await import('./languages/de')).texts;
    case 'ar':
      return (await import('./languages/ar')).texts;
    case 'en':
      return {};
  }
}
