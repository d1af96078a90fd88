/** Moments as they stand in notices. */
import { currentLocale } from '@/i18n/core';
import { dateOf } from '@/lib/time';

/** With the day when it is not today's. */
export function momentOf(at: number, now: number, timeZone?: string): string {
  const locale = currentLocale();
  const day = (moment: number) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(dateOf(moment));
  const weekday = day(at) === day(now) ? {} : ({ weekday: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...weekday, hour: '2-digit', minute: '2-digit', timeZone }).format(dateOf(at));
}
