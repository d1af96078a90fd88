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
  return formatter(locale, { hour: 'numeric', minute: '2-digit', timeZone }).format(dateOf(at));
}

/** "26 Nov 2026". */
export function formatDate(at: Micros, locale: string, timeZone?: string): string {
  return formatter(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone }).format(dateOf(at));
}

/** "26 Nov 2026, 10:31". */
export function formatDateTime(at: Micros, locale: string, timeZone?: string): string {
  return formatter(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(dateOf(at));
}

/** "2 hours ago", "in 3 days", "now". */
export function formatRelative(at: Micros, now: Micros, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'long' });
  const differenceMs = (at - now) / 1000;
  const size = Math.abs(differenceMs);
  if (size < minuteMs) return relative.format(0, 'second');
  if (size < hourMs) return relative.format(Math.round(differenceMs / minuteMs), 'minute');
  if (size < dayMs) return relative.format(Math.round(differenceMs / hourMs), 'hour');
  return relative.format(Math.round(differenceMs / dayMs), 'day');
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
