import type { AskPreview } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatClockIn } from '@/lib/time';
import { sayTime } from '@/lib/sayTime';
import { findPerson, usePerson } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { useQueryClient } from '@tanstack/react-query';
import { useText } from '../strings';
import styles from './Asks.module.css';

type Forecast = AskPreview['people'][number];

/** The first and the last moment at which somebody is due, in words; with their own clock where it shows something else. */
export function useTimes(preview: AskPreview | undefined): { first: string | null; last: string | null } {
  const t = useText();
  const my_zone = useMe()?.time_zone ?? 'UTC';
  const known = preview?.people.filter(({ due }) => due !== null) ?? [];
  const byTime = known.toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0));
  const say = (one: Forecast | undefined) => {
    if (!one || one.due === null) return null;
    const here = sayTime(one.due, Date.now() * 1000, currentLocale());
    const theirs = formatClockIn(one.time_zone, one.due, currentLocale());
    const isElsewhere = theirs !== null && theirs !== formatClockIn(my_zone, one.due, currentLocale());
    return isElsewhere ? t('time_there', { time: here, there: theirs }) : here;
  };
  return { first: say(byTime[0]), last: say(byTime.at(-1)) };
}

/** Who is away, until when, and who stands in. */
export function Absences({ preview }: { preview: AskPreview }) {
  const away = preview.people.filter((one) => one.away !== null);
  return away.map((one) => <Absence key={one.person_id} one={one} />);
}

function Absence({ one }: { one: Forecast }) {
  const t = useText();
  const cache = useQueryClient();
  const name = usePerson(one.person_id)?.name ?? '';
  const until = one.away?.until ?? null;
  const deputy = one.away?.deputy_id ? findPerson(cache, one.away.deputy_id)?.name : undefined;
  const time = until === null ? null : sayTime(until, Date.now() * 1000, currentLocale());
  const said = time ? t('away_until', { name, time }) : t('away', { name });
  return (
    <p className={styles.away}>
      {said} {deputy && t('deputy', { name: deputy })}
    </p>
  );
}
