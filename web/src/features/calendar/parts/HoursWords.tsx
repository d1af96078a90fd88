import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { formatDayName, freeDays, stretchesOn, startOf } from '../model';
import { useText } from '../strings';
import styles from './Schedule.module.css';
import type { Week } from './week';

const MINUTE_US = 60_000_000;

/** What the shading says, in words: when each of them works, on the reader's clock. */
export function HoursWords({ week }: { week: Week }) {
  const t = useText();
  const locale = currentLocale();
  const { days, hours, people, timeZone } = week;
  if (hours.length === 0) return null;
  const midnight = startOf(week.today, timeZone);
  const clock = (minute: number) => formatTime(midnight + (minute % 1440) * MINUTE_US, locale, timeZone);
  return (
    <details className={styles.words}>
      <summary>{t('hours_in_words')}</summary>
      <dl>
        {days.map((day) => (
          <div key={day}>
            <dt>{formatDayName(day, locale, 'long')}</dt>
            {freeDays(hours[0], day, timeZone).length > 0 && <dd>{t('kept_free')}</dd>}
            {people.map((person) => {
              const work = hours.filter(({ person_id }) => person_id === person.id).flatMap((one) => stretchesOn(one.work, day, timeZone));
              const said = work.map(({ from_min, to_min }) => `${clock(from_min)}–${clock(to_min)}`);
              return <dd key={person.id}>{said.length > 0 ? t('works', { name: person.name, hours: said.join(', ') }) : t('works_not', { name: person.name })}</dd>;
            })}
          </div>
        ))}
      </dl>
    </details>
  );
}
