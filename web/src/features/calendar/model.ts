/** Days and weeks on the reader's own clock, and where meetings stand in them. What a time costs, the server reckons. */
import type { Id, Meeting, MeetingAim, MeetingHours } from '@/api/types';
import { minutesAhead, type Micros } from '@/lib/time';

/** A date of the calendar, "2026-11-24". */
export type Day = string;
/** A stretch of one day, minutes after midnight on the wall. */
export type Stretch = { from_min: number; to_min: number };
export type Placed = Stretch & { meeting: Meeting; lane: number; n_lanes: number };

export const MINUTES_PER_DAY = 1440;
const MINUTE_US = 60_000_000;
const DAY_MS = 86_400_000;
/** A block that is shorter would not hold a line. */
const LEAST_MIN = 24;

export const aims = ['decide', 'explore', 'status', 'inform', 'sensitive', 'one_to_one', 'bond', 'office_hours', 'crisis'] as const satisfies readonly MeetingAim[];
export const lengths = [15, 25, 30, 45, 50, 60, 90, 120, 180] as const;

export function wallOf(at: Micros, timeZone: string): { day: Day; minute: number } {
  const wall = new Date(at / 1000 + minutesAhead(timeZone, 'UTC', at) * 60_000);
  return { day: wall.toISOString().slice(0, 10), minute: wall.getUTCHours() * 60 + wall.getUTCMinutes() };
}

/** When a day begins there. Asked twice, since the clock may change between UTC's midnight and theirs. */
export function startOf(day: Day, timeZone: string): Micros {
  const midnight = Date.parse(`${day}T00:00Z`) * 1000;
  const guess = midnight - minutesAhead(timeZone, 'UTC', midnight) * MINUTE_US;
  return midnight - minutesAhead(timeZone, 'UTC', guess) * MINUTE_US;
}

export function addDays(day: Day, n: number): Day {
  return new Date(Date.parse(`${day}T00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

/** The week of a day; it begins on Monday, 1, or where weeks begin for the reader. */
export function weekOf(day: Day, firstWeekday: number): Day[] {
  const weekday = new Date(`${day}T00:00Z`).getUTCDay();
  const first = addDays(day, -((weekday - firstWeekday + 7) % 7));
  return Array.from({ length: 7 }, (_, idx) => addDays(first, idx));
}

/** Where weeks begin in this language. A method in newer browsers, a property in older ones, and neither in some. */
export function firstWeekday(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

export function formatDayName(day: Day, locale: string, style: 'short' | 'long'): string {
  const options = style === 'short' ? ({ weekday: 'short', day: 'numeric' } as const) : ({ weekday: 'long', day: 'numeric', month: 'long' } as const);
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(Date.parse(`${day}T00:00Z`));
}

/** What of a stretch of time lies on a day, by its wall clock. */
export function onDay(from: Micros, to: Micros, day: Day, timeZone: string): Stretch | null {
  const [start, end] = [wallOf(from, timeZone), wallOf(to, timeZone)];
  if (start.day > day || end.day < day || (end.day === day && end.minute === 0)) return null;
  return { from_min: start.day < day ? 0 : start.minute, to_min: end.day > day ? MINUTES_PER_DAY : end.minute };
}

export function stretchesOn(spans: readonly (readonly [Micros, Micros])[], day: Day, timeZone: string): Stretch[] {
  return spans.flatMap(([from, to]) => onDay(from, to, day, timeZone) ?? []);
}

/** The meetings of a day side by side where they overlap. */
export function placedOn(meetings: readonly Meeting[], day: Day, timeZone: string): Placed[] {
  const blocks = meetings.flatMap((meeting) => {
    const stretch = onDay(meeting.starts_at, meeting.ends_at, day, timeZone);
    return stretch ? [{ ...stretch, to_min: Math.max(stretch.to_min, stretch.from_min + LEAST_MIN), meeting, lane: 0, n_lanes: 1 }] : [];
  });
  blocks.sort((a, b) => a.from_min - b.from_min || b.to_min - a.to_min);
  let cluster: Placed[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const block of cluster) block.n_lanes = ends.length;
    [cluster, ends] = [[], []];
  };
  for (const block of blocks) {
    if (ends.every((end) => end <= block.from_min)) close();
    const free = ends.findIndex((end) => end <= block.from_min);
    block.lane = free < 0 ? ends.length : free;
    ends[block.lane] = block.to_min;
    cluster.push(block);
  }
  close();
  return blocks;
}

export function answerOf(meeting: Meeting, person: Id | undefined): Meeting['people'][number]['answer'] | null {
  return meeting.people.find(({ person_id }) => person_id === person)?.answer ?? null;
}

/** Whether somebody's consent is still awaited. */
export function isAsking(meeting: Meeting): boolean {
  return meeting.people.some(({ is_asked }) => is_asked);
}

/** One line each, empty ones left out. */
export function agendaOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}

/** What of a day is kept free of meetings. */
export function freeDays(hours: MeetingHours | undefined, day: Day, timeZone: string): Stretch[] {
  return stretchesOn(hours?.no_meetings ?? [], day, timeZone);
}

/** "1 h 30 min". */
export function sayMinutes(minutes: number, locale: string): string {
  const say = (n: number, unit: 'hour' | 'minute') => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(n);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? say(hours, 'hour') : '', rest > 0 || hours === 0 ? say(rest, 'minute') : ''].filter(Boolean).join(' ');
}
