/** Times as people read them. The server speaks microseconds UTC; words and order of numbers come from Intl. */
export type Micros = number;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export function dateOf(at: Micros): Date {
  return new Date(at / 1000);
}

/** "10:31" in the reader's own zone. */
export function formatTime(at: Micros, locale: string, timeZone?: string): string {
  return formatter(locale, { timeStyle: 'short', timeZone }).format(dateOf(at));
}

/** "26 Nov 2026". */
export function formatDate(at: Micros, locale: string, timeZone?: string): string {
  return formatter(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(dateOf(at));
}

/** "26 Nov 2026, 10:31". */
export function formatDateTime(at: Micros, locale: string, timeZone?: string): string {
  return formatter(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(dateOf(at));
}

/** "Saturday, 21 November 2026 at 10:31". */
export function formatFull(at: Micros, locale: string): string {
  return formatter(locale, { dateStyle: 'full', timeStyle: 'short' }).format(dateOf(at));
}

/** "Today", "Yesterday", "Wednesday 18 November", and with the year when it is not this one. */
export function formatDay(at: Micros, now: Micros, locale: string): string {
  const n_days = daysBetween(at, now);
  if (n_days === 0 || n_days === 1) return capitalised(relative(locale, 'short').format(-n_days, 'day'), locale);
  const isThisYear = dateOf(at).getFullYear() === dateOf(now).getFullYear();
  return formatter(locale, { weekday: 'long', day: 'numeric', month: 'long', year: isThisYear ? undefined : 'numeric' }).format(dateOf(at));
}

/** "now", "5 min ago", "2 hr ago", "yesterday", then the date: for last replies and lists. */
export function formatAgo(at: Micros, now: Micros, locale: string): string {
  const n_minutes = Math.max(Math.round((now - at) / 1000 / minuteMs), 0);
  if (n_minutes === 0) return relative(locale, 'short').format(0, 'second');
  if (n_minutes < 60) return relative(locale, 'short').format(-n_minutes, 'minute');
  if (n_minutes < 24 * 60) return relative(locale, 'short').format(-Math.round(n_minutes / 60), 'hour');
  const n_days = daysBetween(at, now);
  return n_days < 7 ? relative(locale, 'short').format(-Math.max(n_days, 1), 'day') : formatter(locale, { dateStyle: 'medium' }).format(dateOf(at));
}

/** "2 hours ago", "in 3 days", "now". */
export function formatRelative(at: Micros, now: Micros, locale: string): string {
  const differenceMs = (at - now) / 1000;
  const size = Math.abs(differenceMs);
  if (size < minuteMs) return relative(locale, 'long').format(0, 'second');
  if (size < hourMs) return relative(locale, 'long').format(Math.round(differenceMs / minuteMs), 'minute');
  if (size < dayMs) return relative(locale, 'long').format(Math.round(differenceMs / hourMs), 'hour');
  return relative(locale, 'long').format(Math.round(differenceMs / dayMs), 'day');
}

/** What a clock on the wall of that zone shows, "02:10"; nothing when the browser does not know the zone. */
export function formatClockIn(timeZone: string, now: Micros, locale: string): string | null {
  try {
    return formatTime(now, locale, timeZone);
  } catch {
    return null;
  }
}

/** How far that zone is ahead of the reader's at this moment, in minutes. */
export function minutesAhead(timeZone: string, ownZone: string, now: Micros): number {
  return offsetMinutes(timeZone, now) - offsetMinutes(ownZone, now);
}

export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function listTimeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}

function offsetMinutes(timeZone: string, at: Micros): number {
  const parts = formatter('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(dateOf(at));
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const wall = Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'));
  return Math.round((wall - Math.floor(at / 1000 / minuteMs) * minuteMs) / minuteMs);
}

/** By the reader's calendar: 1 when the other side of one midnight. */
function daysBetween(at: Micros, now: Micros): number {
  return Math.round((dateOf(now).setHours(0, 0, 0, 0) - dateOf(at).setHours(0, 0, 0, 0)) / dayMs);
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

function relative(locale: string, style: 'long' | 'short'): Intl.RelativeTimeFormat {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style });
}

// A formatter costs about 50 µs to make and lists ask for hundreds.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** "45 sec", "5 min", "1 hr 30 min": a wait, in the two largest units. */
export function formatSeconds(seconds: number, locale: string): string {
  const parts = [
    { unit: 'hour', n: Math.floor(seconds / 3600) },
    { unit: 'minute', n: Math.floor(seconds / 60) % 60 },
    { unit: 'second', n: seconds % 60 },
  ];
  const first = parts.findIndex(({ n }) => n > 0);
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(({ n }) => n > 0);
  return shown.map(({ unit, n }) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(n)).join(' ');
}
