import type { Id, PersonHours } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { formatMoment } from '../model';
import { usePersonHours } from '../queries';
import { useText, type HoursText } from '../strings';
import { useKnownPeople } from './useKnownPeople';

/** When somebody usually answers, by their own clock; from what they declared, never from what they do. */
export function PersonHoursLine({ id }: { id: Id }) {
  const t = useText();
  const now = useMinute();
  const { data } = usePersonHours(id);
  const [deputy] = useKnownPeople(data?.away?.deputy_id ? [data.away.deputy_id] : []);
  if (!data) return null;
  return (
    <>
      {sayHours(data, now, currentLocale(), t)}
      {deputy && <> {t('ask_meanwhile', { name: deputy.name })}</>}
    </>
  );
}

export function sayHours({ away, focus_until, until, next, time_zone }: PersonHours, now: number, locale: string, t: HoursText): string {
  const there = (at: number) => formatMoment(at, now, locale, time_zone);
  if (away) return away.until === null ? t('is_away') : t('away_until', { time: there(away.until) });
  if (focus_until !== null && focus_until > now) return t('focus_until', { time: there(focus_until) });
  if (until !== null && until > now) return t('answers_until', { time: there(until) });
  return next === null ? t('no_hours') : t('answers_from', { time: there(next) });
}
