/** What comes back by itself, in words and in fields. Pure. */
import type { Rhythm } from '@/api/types';
import type { LaterText } from './strings';

/** The server takes nothing rarer. */
export const EVERY_MAX_WEEKS = 12;
/** Monday to Sunday. */
export const WEEK: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
const A_MONDAY = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;

export function dayName(day: number, locale: string, style: 'long' | 'short'): string {
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(A_MONDAY + (day - 1) * DAY_MS);
}

/** As the field for a time wants it. */
export function clockOf(at_min: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(at_min / 60))}:${two(at_min % 60)}`;
}

export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** "Monday and Thursday, 09:00, every 2 weeks". */
export function sayRhythm({ days, at_min, every_weeks }: Rhythm, locale: string, t: LaterText): string {
  const names = new Intl.ListFormat(locale).format(days.map((day) => dayName(day, locale, 'long')));
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(A_MONDAY + at_min * 60_000);
  return t('rhythm', { days: names, time, often: t('every_weeks', { count: every_weeks }) });
}
