/** What a profile can hold; names from docs/limits.md, the server has the last word. */
import { listTimeZones } from '@/lib/time';

export const maxName = 80;
export const maxPronunciation = 80;
export const maxStatus = 80;
export const maxPictureBytes = 5 * 1024 * 1024;
export const pictureTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'];
/** Shorter ones are guessed in hours; the server refuses them too. */
export const minPassword = 10;

type Option = { value: string; label: string };

/** Dates and numbers follow any of these; texts fall back to English until somebody translates them. */
const languages = ['ar', 'de', 'en', 'en-GB', 'en-US', 'es', 'fr', 'hi', 'id', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'pt-BR', 'sv', 'tr', 'uk', 'zh'];

export function timeZoneOptions(current: string): Option[] {
  return withCurrent(listTimeZones(), current).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}

/** Each under its own name, as its speakers look for it. */
export function languageOptions(current: string): Option[] {
  return withCurrent(languages, current).map((language) => ({ value: language, label: ownName(language) }));
}

function withCurrent(list: readonly string[], current: string): string[] {
  return list.includes(current) ? [...list] : [current, ...list];
}

function ownName(language: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}
