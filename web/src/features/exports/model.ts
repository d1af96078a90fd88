/** What somebody wants in a transcript, and the address that gives it. */
import type { Id, TranscriptFormat, WorkspaceExport } from '@/api/types';
import type { Micros } from '@/lib/time';

export type Period = 'all' | 'week' | 'month' | 'dates';
export type Wish = {
  format: TranscriptFormat;
  period: Period;
  /** "2026-11-26", for `dates`. */
  firstDay: string;
  lastDay: string;
  timeZone: string;
  pseudonyms: boolean;
};

export const formats: readonly TranscriptFormat[] = ['markdown', 'html', 'csv', 'json'];
export const periods: readonly Period[] = ['all', 'week', 'month', 'dates'];

const dayMs = 24 * 60 * 60_000;
const n_days = { week: 7, month: 30 };

/** Null when the days do not say a period. */
export function addressOf(channel: Id, topic: Id | null, wish: Wish, now: Micros): string | null {
  const query = new URLSearchParams({ format: wish.format, time_zone: wish.timeZone });
  if (topic) query.set('topic', topic);
  if (wish.pseudonyms) query.set('pseudonyms', 'true');
  if (wish.period === 'week' || wish.period === 'month') {
    query.set('after', String(now - n_days[wish.period] * dayMs * 1000));
  }
  if (wish.period === 'dates') {
    if (!wish.firstDay || !wish.lastDay || wish.firstDay > wish.lastDay) return null;
    query.set('after', String(midnight(wish.firstDay, wish.timeZone, 0)));
    query.set('before', String(midnight(wish.lastDay, wish.timeZone, 1)));
  }
  return `/api/channels/${encodeURIComponent(channel)}/transcript?${query.toString()}`;
}

/** The beginning of a day, or of one after it, on the clocks of a zone. */
export function midnight(day: string, timeZone: string, n_after: number): Micros {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  const asUtc = Date.UTC(year, month - 1, date + n_after);
  // Twice, because the first guess may lie on the other side of a change of the clocks.
  const once = asUtc - offsetMs(asUtc, timeZone);
  return (asUtc - offsetMs(once, timeZone)) * 1000;
}

/** How far the clocks of a zone are ahead of UTC. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at / 1000) * 1000;
}

/** The zones that this browser knows, and the given one. */
export function zonesWith(own: string): string[] {
  return [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}

/** "42 %": how much of an export is written. */
export function percentOf({ n_rows, n_rows_total }: WorkspaceExport, locale: string): string {
  const part = n_rows_total > 0 ? Math.min(n_rows / n_rows_total, 1) : 0;
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(part);
}
