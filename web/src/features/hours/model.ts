/** Weeks in wall time, as one edits and draws them. What they mean, the server reckons. */
import type { Told, WeekLine } from '@/api/types';
import type { Micros } from '@/lib/time';
import type { HoursText } from './strings';

export type Lines = readonly WeekLine[];
/** A stretch of one day, minutes after midnight. */
export type Stretch = { from_min: number; to_min: number };

export const MINUTES_PER_DAY = 1440;
export const MAX_LINES = 64;
const WORKDAYS = [1, 2, 3, 4, 5];
/** A Monday, for the names of weekdays. */
const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** 1, Monday, to 7, Sunday, beginning where weeks begin in this language. */
export function weekOrder(locale: string): number[] {
  const first = weekInfo(new Intl.Locale(locale))?.firstDay ?? 1;
  return Array.from({ length: 7 }, (_, idx) => ((first - 1 + idx) % 7) + 1);
}

/** A method in newer browsers, a property in older ones, and neither in some. */
function weekInfo(locale: Intl.Locale): { firstDay: number } | undefined {
  const known = locale as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return known.getWeekInfo?.() ?? known.weekInfo;
}

export function weekdayName(weekday: number, locale: string, style: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(A_MONDAY + (weekday - 1) * DAY_MS);
}

/** "09:00", as fields for times want it; the end of a day is its midnight. */
export function clockOf(minutes: number): string {
  const whole = minutes % MINUTES_PER_DAY;
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

/** `null` for what is no time. */
export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

export function linesOf(lines: Lines, weekday: number): WeekLine[] {
  return lines.filter((line) => line.weekday === weekday).sort((a, b) => a.from_min - b.from_min);
}

export function withDay(lines: Lines, weekday: number, day: readonly Stretch[]): WeekLine[] {
  return [...lines.filter((line) => line.weekday !== weekday), ...day.map(({ from_min, to_min }) => ({ weekday, from_min, to_min }))];
}

/** What one day has, on Monday to Friday. */
export function onWorkdays(lines: Lines, weekday: number): WeekLine[] {
  const day = linesOf(lines, weekday);
  return WORKDAYS.reduce<WeekLine[]>((week, workday) => withDay(week, workday, day), [...lines]);
}

/** What is added to a day: after what it has, or the usual hours. */
export function nextStretch(day: readonly Stretch[]): Stretch {
  const last = day.at(-1);
  if (!last) return { from_min: 9 * 60, to_min: 17 * 60 };
  const end = last.to_min > last.from_min ? last.to_min : MINUTES_PER_DAY;
  const from_min = Math.min(end + 60, MINUTES_PER_DAY - 60);
  return { from_min, to_min: Math.min(from_min + 120, MINUTES_PER_DAY) };
}

/** What a day is made of, with what reaches into it from the day before, for drawing. */
export function drawn(lines: Lines, weekday: number): Stretch[] {
  const before = weekday === 1 ? 7 : weekday - 1;
  const isOver = ({ from_min, to_min }: WeekLine) => to_min <= from_min;
  const reaching = linesOf(lines, before).filter((line) => isOver(line) && line.to_min > 0);
  return [
    ...reaching.map(({ to_min }) => ({ from_min: 0, to_min })),
    ...linesOf(lines, weekday).map((line) => ({ from_min: line.from_min, to_min: isOver(line) ? MINUTES_PER_DAY : line.to_min })),
  ];
}

/** "17:00", or with the day when that is not the day of `from`: in the zone of whom it is about. */
export function formatMoment(at: Micros, from: Micros, locale: string, timeZone: string): string {
  const date = (moment: Micros) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(moment / 1000);
  const isSameDay = date(at) === date(from);
  const isFar = at - from > 6 * DAY_MS * 1000;
  const day = isFar ? { day: 'numeric', month: 'short' } as const : { weekday: 'short' } as const;
  return new Intl.DateTimeFormat(locale, { ...(isSameDay ? {} : day), hour: '2-digit', minute: '2-digit', timeZone }).format(at / 1000);
}

/** What becomes of a message, as half a sentence. */
export function sayTold(told: Told, kind: 'urgent' | 'others', until: (at: Micros) => string, t: HoursText): string {
  switch (told.how) {
    case 'now':
      return t(`${kind}_now`);
    case 'batch':
      return t(`${kind}_batch`, { time: until(told.until) });
    case 'focus':
    case 'quiet':
      return t(`${kind}_wait`, { time: until(told.until) });
    case 'never':
      return t(`${kind}_never`);
  }
}
