import type { MyWeek, TeamFigures } from '@/api/types';
import type { NumbersText } from './strings';

/** "23 – 29 Nov" of a week that is named by its Monday. */
export function sayWeek(monday: string, locale: string): string {
  const from = new Date(`${monday}T00:00:00Z`);
  const to = new Date(from.getTime() + 6 * 24 * 3_600_000);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).formatRange(from, to);
}

/** "3 hr 10 min". */
export function sayMinutes(minutes: number, locale: string): string {
  const say = (n: number, unit: 'hour' | 'minute') => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(n);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return say(rest, 'minute');
  return rest === 0 ? say(hours, 'hour') : `${say(hours, 'hour')} ${say(rest, 'minute')}`;
}

export type Line = { term: string; text: string };

/** A week of mine, in sentences. Nothing in them judges. */
export function linesOfMine(week: MyWeek, locale: string, t: NumbersText): Line[] {
  const time = (minutes: number) => sayMinutes(minutes, locale);
  return [
    {
      term: t('live'),
      text: week.live_minutes === 0 ? t('live_none') : t('live_mine', { time: time(week.live_minutes), outside: time(week.live_outside_minutes) }),
    },
    { term: t('burden'), text: week.burden_minutes === 0 ? t('burden_none') : t('burden_mine', { time: time(week.burden_minutes) }) },
    { term: t('answers'), text: week.n_asks === 0 ? t('answers_none') : t('answers_mine', { n: week.n_answered_in_time, all: week.n_asks }) },
    { term: t('focus'), text: week.n_interruptions === 0 ? t('focus_none') : t('focus_some', { n: week.n_interruptions }) },
    {
      term: t('outside'),
      text: week.n_sent_outside_hours === 0 ? t('outside_none') : t('outside_mine', { n: week.n_sent_outside_hours, held: week.n_of_those_held }),
    },
    { term: t('urgent'), text: week.n_urgent === 0 ? t('urgent_none') : t('urgent_mine', { n: week.n_urgent, doubted: week.n_not_urgent }) },
  ];
}

/** A week of a team. What only a few had part in is not said. */
export function linesOfTeam(figures: TeamFigures, locale: string, t: NumbersText): Line[] {
  const percent = (n: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(n / 100);
  const share = (key: 'live_share' | 'answers_share' | 'held_share' | 'doubted_share', n: number | null) => (n === null ? '' : ` ${t(key, { share: percent(n) })}`);
  const { upper_half_burden_percent: upper, answered_in_time_percent: answered } = figures;
  return [
    { term: t('live'), text: t('live_team', { time: sayMinutes(figures.live_minutes_per_person, locale) }) + share('live_share', figures.live_outside_percent) },
    { term: t('burden'), text: upper === null ? t('too_few') : t('burden_team', { share: percent(upper) }) },
    { term: t('answers'), text: answered === null ? t('too_few') : share('answers_share', answered).trim() },
    { term: t('focus'), text: figures.n_interruptions === 0 ? t('focus_none') : t('focus_some', { n: figures.n_interruptions }) },
    {
      term: t('outside'),
      text: figures.n_sent_outside_hours === 0 ? t('outside_nobody') : t('outside_team', { n: figures.n_sent_outside_hours }) + share('held_share', figures.held_percent),
    },
    { term: t('urgent'), text: figures.n_urgent === 0 ? t('urgent_nobody') : t('urgent_team', { n: figures.n_urgent }) + share('doubted_share', figures.not_urgent_percent) },
  ];
}
