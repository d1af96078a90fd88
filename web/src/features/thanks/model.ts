import { currentLocale } from '@/i18n/core';

/** "Ada, Bob and Cy". */
export function sayNames(names: readonly string[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(names);
}
