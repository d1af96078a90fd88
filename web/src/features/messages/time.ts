/** Times and days as words, in the reader's language and zone. Formatters are costly to make, so each is made once. */
import { currentLocale } from '@/i18n/core';
import type { Micros } from '@/api/types';

const formats = new Map<string, Intl.DateTimeFormat>();
const DAY_MS = 86_400_000;

export function timeOf(at: Micros): string {
  return format('time', { hour: '2-digit', minute: '2-digit' }, at);
}

export function fullTimeOf(at: Micros): string {
  return format('full', { dateStyle: 'full', timeStyle: 'short' }, at);
}

/** For machines: the `dateTime` of a <time>. */
export function isoOf(at: Micros): string {
  return new Date(at / 1000).toISOString();
}

/** "Today", "Yesterday", "Wednesday 18 November", and with the year when it is not this one. */
export function dayOf(at: Micros, now_ms: number = Date.now()): string {
  const n_days = Math.round((midnight(now_ms) - midnight(at / 1000)) / DAY_MS);
  if (n_days === 0 || n_days === 1) return capitalised(relative(-n_days, 'day'));
  const sameYear = new Date(at / 1000).getFullYear() === new Date(now_ms).getFullYear();
  const base = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return sameYear ? format('day', base, at) : format('day-year', { ...base, year: 'numeric' }, at);
}

/** "5 min ago", "2 hr ago", "yesterday", then the date: for last replies and lists. */
export function agoOf(at: Micros, now_ms: number = Date.now()): string {
  const n_minutes = Math.round((now_ms - at / 1000) / 60_000);
  if (n_minutes < 60) return relative(-Math.max(n_minutes, 0), 'minute');
  if (n_minutes < 24 * 60) return relative(-Math.round(n_minutes / 60), 'hour');
  const n_days = Math.round((midnight(now_ms) - midnight(at / 1000)) / DAY_MS);
  return n_days < 7 ? relative(-Math.max(n_days, 1), 'day') : format('date', { dateStyle: 'medium' }, at);
}

function relative(n: number, unit: 'minute' | 'hour' | 'day'): string {
  return new Intl.RelativeTimeFormat(currentLocale(), { numeric: 'auto', style: 'short' }).format(n, unit);
}

function format(name: string, options: Intl.DateTimeFormatOptions, at: Micros): string {
  const key = `${currentLocale()} ${name}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(currentLocale(), options);
  formats.set(key, made);
  return made.format(at / 1000);
}

function midnight(at_ms: number): number {
  return new Date(at_ms).setHours(0, 0, 0, 0);
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase(currentLocale()) + text.slice(1);
}
