/** What stands in a question when people can, in words and in order. Pure; what is fair the server says. */
import type { MeetingCost, MeetingSlot, Micros, NewTimePoll, Person, TimeChoice, TimePoll, TimePollTime } from '@/api/types';
import { formatTime, minutesAhead } from '@/lib/time';
import { addDays, formatDayName, wallOf, type Day } from './model';
import { clockOf } from './when';

const MINUTE_US = 60_000_000;
const LEAST_TIMES = 2;
export const MOST_TIMES = 20;
export const choices = ['yes', 'maybe', 'no'] as const satisfies readonly TimeChoice[];

/** A day and a clock on the wall of whoever asks. */
export type WallTime = { day: Day; clock: string };

/** What the form of a question begins with. */
export type PollDraft = { title: string; about: string; place: string; people: readonly string[]; minutes: number; times: readonly WallTime[] };

export function wallTimeOf(at: Micros, timeZone: string): WallTime {
  const { day, minute } = wallOf(at, timeZone);
  return { day, clock: clockOf(minute) };
}

/** What is proposed already, as a question about fair times. */
export function draftOf(begun: { title: string; about: string; place: string; people: readonly Person[]; minutes: number }, slots: readonly MeetingSlot[], timeZone: string): PollDraft {
  return { ...begun, people: begun.people.map(({ id }) => id), times: slots.map((slot) => wallTimeOf(slot.starts_at, timeZone)) };
}

/** At least two lines, the empty ones on the days after the last. */
export function timesToBegin(times: readonly WallTime[], day: Day): WallTime[] {
  const begun = [...times];
  while (begun.length < LEAST_TIMES) begun.push(nextTime(begun, day));
  return begun.slice(0, MOST_TIMES);
}

/** A day after the last one. */
export function nextTime(times: readonly WallTime[], day: Day): WallTime {
  const last = times[times.length - 1];
  return last ? { day: addDays(last.day, 1), clock: last.clock } : { day: addDays(day, 1), clock: '10:00' };
}

/** Asked twice, since the clock may change between UTC's time and theirs. */
export function instantOf({ day, clock }: WallTime, timeZone: string): Micros {
  const wall = Date.parse(`${day}T${clock}Z`) * 1000;
  const guess = wall - minutesAhead(timeZone, 'UTC', wall) * MINUTE_US;
  return wall - minutesAhead(timeZone, 'UTC', guess) * MINUTE_US;
}

/** The evening before the first time, or an hour before it where that is over already. */
export function endToBegin(times: readonly WallTime[], now: Micros, timeZone: string): WallTime {
  const first = times.toSorted((a, b) => `${a.day}${a.clock}`.localeCompare(`${b.day}${b.clock}`))[0];
  if (!first) return wallTimeOf(now, timeZone);
  const evening = { day: addDays(first.day, -1), clock: '18:00' };
  return instantOf(evening, timeZone) > now ? evening : wallTimeOf(instantOf(first, timeZone) - 60 * MINUTE_US, timeZone);
}

export function newPollOf(id: string, draft: PollDraft, { ends, showsNames, timeZone, asks }: { ends: WallTime; showsNames: boolean; timeZone: string; asks: boolean }): NewTimePoll {
  const [kind, placeId] = draft.place.split(':');
  return {
    id,
    title: draft.title,
    about: draft.about,
    minutes: draft.minutes,
    time_zone: timeZone,
    starts: draft.times.map(({ day, clock }) => `${day}T${clock}`),
    ends_at: instantOf(ends, timeZone),
    people: [...draft.people],
    shows_names: showsNames,
    asks,
    ...(kind === 'channel' && placeId ? { channel_id: placeId } : {}),
  };
}

/** "Tuesday 24 November, 10:00–11:00". */
export function sayTime(time: Pick<TimePollTime, 'starts_at' | 'ends_at'>, timeZone: string, locale: string): string {
  const day = formatDayName(wallOf(time.starts_at, timeZone).day, locale, 'long');
  return `${day}, ${formatTime(time.starts_at, locale, timeZone)}–${formatTime(time.ends_at, locale, timeZone)}`;
}

/** With the place of each in its question; the fairest first, those that have passed last. */
export function inOrder(times: readonly TimePollTime[], isFair: boolean): { time: TimePollTime; idx: number }[] {
  const all = times.map((time, idx) => ({ time, idx }));
  return isFair ? all.toSorted((a, b) => (a.time.rank ?? Infinity) - (b.time.rank ?? Infinity) || a.idx - b.idx) : all;
}

export type There = 'away' | 'night' | 'focus' | 'no_meeting_day' | 'outside' | 'work';

/** What somebody's declared hours say of a time: that, and nothing of what they do. */
export function thereOf(cost: MeetingCost): There {
  if (cost.is_away) return 'away';
  if (cost.is_night) return 'night';
  return cost.refusal ?? (cost.outside_minutes > 0 ? 'outside' : 'work');
}

export function isOver(poll: TimePoll): boolean {
  return poll.state === 'closed' || poll.state === 'chosen';
}
