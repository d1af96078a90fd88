/** Times that are offered for later, and how they are written in fields. Times here are on this device's own clock. */
import { formatDateTime, formatTime, type Micros } from '@/lib/time';
import type { LaterText } from './strings';

const DAY_MS = 86_400_000;
/** The server takes nothing further away. */
export const AHEAD_MAX_DAYS = 400;
/** Characters of the note at a reminder. */
export const MAX_NOTE = 280;
const MORNING_HOUR = 9;
const MONDAY = 1;
/** In the week that lies ahead a weekday says enough. */
const WEEK_DAYS = 6;

export type Preset = { key: 'tomorrow' | 'monday'; due_at: Micros };

/** Tomorrow morning, and next Monday's when that is another day. */
export function presets(now: Micros): Preset[] {
  const today = new Date(now / 1000);
  const morning = (n_days: number): Micros =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + n_days, MORNING_HOUR).getTime() * 1000;
  const n_to_monday = (MONDAY - today.getDay() + 7) % 7 || 7;
  const tomorrow: Preset = { key: 'tomorrow', due_at: morning(1) };
  return n_to_monday === 1 ? [tomorrow] : [tomorrow, { key: 'monday', due_at: morning(n_to_monday) }];
}

/** When their next stretch of work begins; they may be in the middle of one. */
export function nextStart(work: readonly (readonly [Micros, Micros])[], now: Micros): Micros | null {
  return work.find(([from]) => from > now)?.[0] ?? null;
}

/** As the fields for a day and a time want it. */
export function fieldsOf(at: Micros): { day: string; time: string } {
  const date = new Date(at / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    day: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    time: `${two(date.getHours())}:${two(date.getMinutes())}`,
  };
}

/** The way back; a time that a clock change leaves out moves forward, one that it doubles is the first. */
export function momentOf(day: string, time: string): Micros | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(time) ?? [];
  if (year === undefined || hours === undefined) return null;
  return new Date(Number(year), Number(month) - 1, Number(date), Number(hours), Number(minutes)).getTime() * 1000;
}

/** "Tomorrow at 09:00", "Mon 09:00", "27 Nov 2027, 09:00". */
export function sayWhen(at: Micros, now: Micros, locale: string, t: LaterText): string {
  const time = formatTime(at, locale);
  const n_days = Math.round((new Date(at / 1000).setHours(0, 0, 0, 0) - new Date(now / 1000).setHours(0, 0, 0, 0)) / DAY_MS);
  if (n_days === 0) return t('today_at', { time });
  if (n_days === 1) return t('tomorrow_at', { time });
  if (n_days > 1 && n_days <= WEEK_DAYS) return sayThere(at, locale);
  return formatDateTime(at, locale);
}

/** "Mon 09:00", on the clock of a zone. */
export function sayThere(at: Micros, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(at / 1000);
}

/** "Monday 09:00". */
export function sayMorning(at: Micros, locale: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'long', hour: '2-digit', minute: '2-digit' }).format(at / 1000);
}

export type Moment = { key: 'hour' | 'afternoon' | 'evening' | 'tomorrow' | 'next_day'; at: Micros };

const HOUR_MICROS = 3_600_000_000;
const AFTERNOON_HOUR = 14;
const EVENING_HOUR = 18;

/** When one may want to be told again: soon, later today, when my next day of work begins; without hours, tomorrow morning. */
export function moments(now: Micros, work: readonly (readonly [Micros, Micros])[]): Moment[] {
  const today = new Date(now / 1000);
  const todayAt = (hour: number): Micros => new Date(today.getFullYear(), today.getMonth(), today.getDate(), hour).getTime() * 1000;
  const soon: Moment = { key: 'hour', at: now + HOUR_MICROS };
  const parts: Moment[] = [
    { key: 'afternoon', at: todayAt(AFTERNOON_HOUR) },
    { key: 'evening', at: todayAt(EVENING_HOUR) },
  ];
  const midnight = todayAt(24);
  const next_day = work.find(([from]) => from >= midnight)?.[0];
  return [
    soon,
    ...parts.filter(({ at }) => at > soon.at).slice(0, 1),
    next_day === undefined ? { key: 'tomorrow', at: presets(now)[0]?.due_at ?? midnight } : { key: 'next_day', at: next_day },
  ];
}
