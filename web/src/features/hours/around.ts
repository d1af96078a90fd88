/** Everybody's hours on the reader's own clock: what to draw of a day, and when all are there. */
import type { Micros } from '@/lib/time';
import type { HoursText } from './strings';

export type Spans = readonly (readonly [Micros, Micros])[];
export type Day = { from: Micros; to: Micros };

/** Shorter than this is no time to talk. */
const LEAST = 15 * 60 * 1_000_000;

/** The day of the reader's own clock that holds this moment. */
export function dayOf(now: Micros, n_later = 0): Day {
  const midnight = new Date(now / 1000);
  midnight.setHours(0, 0, 0, 0);
  const at = (days: number) => new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() + days).getTime() * 1000;
  return { from: at(n_later), to: at(n_later + 1) };
}

/** Where a moment is in the day, 0 to 1. */
export function placeIn({ from, to }: Day, at: Micros): number {
  return Math.min(Math.max((at - from) / (to - from), 0), 1);
}

/** What of these stretches lies in the day. */
export function within(spans: Spans, { from, to }: Day): [Micros, Micros][] {
  return spans.map(([begin, end]): [Micros, Micros] => [Math.max(begin, from), Math.min(end, to)]).filter(([begin, end]) => begin < end);
}

/** When all of them are there. */
export function common(all: readonly Spans[]): [Micros, Micros][] {
  const [first = [], ...others] = all;
  return others.reduce<[Micros, Micros][]>(
    (so_far, spans) => so_far.flatMap(([from, to]) => within(spans, { from, to })),
    first.map(([from, to]) => [from, to]),
  );
}

export type Meeting = { when: 'now'; until: Micros } | { when: 'today' | 'later'; from: Micros; until: Micros } | { when: 'never' };

/** When all are there next, long enough to talk. */
export function nextCommon(all: readonly Spans[], now: Micros): Meeting {
  const ahead = common(all)
    .map(([from, to]): [Micros, Micros] => [Math.max(from, now), to])
    .filter(([from, to]) => to - from >= LEAST)
    .sort(([a], [b]) => a - b)[0];
  if (!ahead) return { when: 'never' };
  const [from, until] = ahead;
  if (from === now) return { when: 'now', until };
  return { when: from < dayOf(now).to ? 'today' : 'later', from, until };
}

/** One honest sentence under the drawing. */
export function sayMeeting(meeting: Meeting, n_people: number, time: (at: Micros) => string, day: (at: Micros) => string, t: HoursText): string {
  switch (meeting.when) {
    case 'now':
      return t('all_now', { time: time(meeting.until) });
    case 'today':
      return t('all_today', { from: time(meeting.from), until: time(meeting.until) });
    case 'later':
      return t('all_later', { day: day(meeting.from), from: time(meeting.from), until: time(meeting.until) });
    case 'never':
      return t('all_never', { count: n_people });
  }
}
