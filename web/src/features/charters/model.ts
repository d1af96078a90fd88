/** Paces in words, the choices that are offered, and what places of a kind usually say. */
import type { Charter, Expected, Pace } from '@/api/types';
import type { CharterText } from './strings';

export const kinds = ['normal', 'feedback', 'urgent'] as const;
export type Kind = (typeof kinds)[number];

const HOUR = 60;
/** In hours of work. */
const WORKING_DAY = 8 * HOUR;

const working = (minutes: number): Pace => ({ clock: 'working', minutes });
const elapsed = (minutes: number): Pace => ({ clock: 'elapsed', minutes });

const usual = [working(HOUR), working(2 * HOUR), working(4 * HOUR), working(WORKING_DAY), working(2 * WORKING_DAY), working(3 * WORKING_DAY), working(5 * WORKING_DAY)];
const soon = [elapsed(15), elapsed(30), elapsed(HOUR), elapsed(2 * HOUR), elapsed(4 * HOUR), working(HOUR)];

/** What can be chosen for a kind; what a place says already is always among it. */
export function pacesFor(kind: Kind, said: Pace | null): Pace[] {
  const offered = kind === 'urgent' ? soon : usual;
  return said && !offered.some((pace) => paceKey(pace) === paceKey(said)) ? [...offered, said] : offered;
}

export function paceKey(pace: Pace | null): string {
  return pace ? `${pace.clock}.${pace.minutes}` : '';
}

/** "4 working hours", "2 working days", "30 minutes". */
export function sayPace({ clock, minutes }: Pace, t: CharterText): string {
  if (clock === 'working' && minutes % WORKING_DAY === 0) return t('working_days', { count: minutes / WORKING_DAY });
  if (minutes % HOUR === 0) return t(clock === 'working' ? 'working_hours' : 'hours', { count: minutes / HOUR });
  return t(clock === 'working' ? 'working_minutes' : 'minutes', { count: minutes });
}

/** "Answers within 4 working hours · urgent: 1 hour" */
export function sayExpected(expected: Expected, t: CharterText): string {
  return t('line', { normal: sayPace(expected.normal.pace, t), urgent: sayPace(expected.urgent.pace, t) });
}

export const templates = {
  class: { normal: working(WORKING_DAY), feedback: working(5 * WORKING_DAY), urgent: elapsed(4 * HOUR) },
  product: { normal: working(4 * HOUR), feedback: working(2 * WORKING_DAY), urgent: elapsed(HOUR) },
  support: { normal: working(2 * HOUR), feedback: working(WORKING_DAY), urgent: elapsed(30) },
  on_call: { normal: working(HOUR), feedback: working(WORKING_DAY), urgent: elapsed(15) },
} as const satisfies Record<string, Omit<Charter, 'note'>>;

export type Template = keyof typeof templates;
export const templateNames = Object.keys(templates) as Template[];
