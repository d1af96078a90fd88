/** What is urgent, in plain data: what the card and the forecast say. */
import type { Id, Micros, Urgent, UrgentForecast } from '@/api/types';

/** Nobody works then: the server's word for never. */
const NEVER = Number.MAX_SAFE_INTEGER;
const MINUTE_US = 60_000_000;
const DAY_US = 24 * 60 * MINUTE_US;

/** "03:02" on the reader's clock, with the day when it is not today's. */
export function sayMoment(at: Micros, now: Micros, locale: string, timeZone?: string): string {
  const day = (moment: Micros) => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone }).format(new Date(moment / 1000));
  const isToday = day(at) === day(now);
  const isSoon = Math.abs(at - now) < 6 * DAY_US;
  const date = isToday ? {} : isSoon ? ({ weekday: 'short' } as const) : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...date, hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at / 1000));
}

export function isNever(at: Micros): boolean {
  return at >= NEVER;
}

/** Who is being called and has not reacted, since when; and who comes next. */
export type Calling = {
  called: { id: Id; since: Micros; n: number }[];
  next: { ids: Id[]; at: Micros } | null;
  /** They have not agreed to be woken, and are told later. */
  held: { id: Id; at: Micros }[];
};

export function callingIn(urgent: Urgent): Calling {
  const waiting = urgent.steps.flatMap(({ people }) => people).filter(({ reaction }) => reaction === null);
  const called = waiting.flatMap(({ person_id, called_at: [first, ...more] }) => (first === undefined ? [] : [{ id: person_id, since: first, n: more.length + 1 }]));
  const held = waiting.flatMap(({ person_id, not_before, called_at }) => (not_before === null || called_at.length > 0 ? [] : [{ id: person_id, at: not_before }]));
  const next = urgent.steps.find(({ people }) => people.length > 0 && people.every(({ called_at, reaction, not_before }) => called_at.length === 0 && reaction === null && not_before === null));
  return { called, held, next: next ? { ids: next.people.map(({ person_id }) => person_id), at: next.from } : null };
}

/** What has happened, in order; the calls of one person are one line. */
export type Happening =
  | { kind: 'sent' | 'confirmed' | 'ended'; at: Micros; person_id: Id | null }
  | { kind: 'called'; at: Micros; person_id: Id; instead_of: Id | null; times: readonly Micros[] }
  | { kind: 'take' | 'not_me' | 'left'; at: Micros; person_id: Id };

export function trailOf(urgent: Urgent): Happening[] {
  const trail: Happening[] = [{ kind: 'sent', at: urgent.created_at, person_id: urgent.sender_id }];
  if (urgent.confirmed_by !== null && urgent.sent_at !== null) trail.push({ kind: 'confirmed', at: urgent.sent_at, person_id: urgent.confirmed_by });
  for (const { person_id, instead_of, called_at, reaction, reacted_at } of urgent.steps.flatMap(({ people }) => people)) {
    const [first] = called_at;
    if (first !== undefined) trail.push({ kind: 'called', at: first, person_id, instead_of, times: called_at });
    if (reaction !== null && reacted_at !== null) trail.push({ kind: reaction, at: reacted_at, person_id });
  }
  // That somebody took it stands there already, when they were called.
  const isSaid = urgent.state === 'taken' && trail.some(({ kind }) => kind === 'take');
  if (urgent.ended_at !== null && !isSaid) trail.push({ kind: 'ended', at: urgent.ended_at, person_id: urgent.ended_by });
  return trail.toSorted((a, b) => a.at - b.at);
}

/** Everybody named in it. */
export function namedIn(urgent: Urgent): Id[] {
  const called = urgent.steps.flatMap(({ people }) => people.flatMap(({ person_id, instead_of }) => [person_id, instead_of]));
  return [urgent.sender_id, urgent.confirmed_by, urgent.ended_by, ...called].filter((id) => id !== null);
}

export function isOpen({ state }: Urgent): boolean {
  return state === 'calling' || state === 'unconfirmed' || state === 'nobody';
}

/** How many people a message would wake now. */
export function wakenIn(people: readonly UrgentForecast[]): number {
  return people.filter(({ wakes }) => wakes).length;
}

/** How long after now a step begins, in whole minutes. */
export function minutesUntil(from: Micros, now: Micros): number {
  return Math.max(0, Math.round((from - now) / MINUTE_US));
}

/** "09:00" of minutes after midnight, and back; nothing when it is no time. */
export function clockOf(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(clock) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}
