import type { AskPreview, Id, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sayTime } from '@/lib/sayTime';
import { formatClockIn } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { MAX_ASKED } from '../park';
import { useText } from '../strings';
import styles from './Park.module.css';

type Forecast = AskPreview['people'][number];

type ParkPeopleProps = {
  people: readonly Person[];
  left: ReadonlySet<Id>;
  onLeft: (left: ReadonlySet<Id>) => void;
  preview: AskPreview | undefined;
  timeZone: string;
  isCut: boolean;
};

/** Who is asked, and by when each would be due; before anything is sent. */
export function ParkPeople({ people, left, onLeft, preview, timeZone, isCut }: ParkPeopleProps) {
  const t = useText();
  const toggle = (id: Id) => onLeft(left.has(id) ? new Set([...left].filter((other) => other !== id)) : new Set([...left, id]));
  return (
    <fieldset className={styles.people}>
      <legend>{t('park_asked')}</legend>
      <ul>
        {people.map(({ id, name }) => {
          const forecast = preview?.people.find(({ person_id }) => person_id === id);
          const isMissing = preview !== undefined && !forecast;
          return (
            <li key={id}>
              <label>
                <input type="checkbox" checked={!left.has(id) && !isMissing} disabled={isMissing} onChange={() => toggle(id)} />
                <bdi>{name}</bdi>
              </label>
              {isMissing && <small>{t('park_not_there')}</small>}
              {forecast && <Due forecast={forecast} timeZone={timeZone} />}
            </li>
          );
        })}
      </ul>
      {isCut && <p>{t('park_most', { max: MAX_ASKED })}</p>}
    </fieldset>
  );
}

function Due({ forecast: { due, time_zone, away }, timeZone }: { forecast: Forecast; timeZone: string }) {
  const t = useText();
  const now = useMinute();
  const locale = currentLocale();
  if (due === null) return <small>{t('park_no_time')}</small>;
  const time = sayTime(due, now, locale);
  const there = formatClockIn(time_zone, due, locale);
  const isElsewhere = there !== null && there !== formatClockIn(timeZone, due, locale);
  const until = away?.until ?? null;
  return (
    <small>
      {isElsewhere ? t('park_by_there', { time, there }) : t('park_by', { time })}
      {away && ` · ${until === null ? t('park_away') : t('park_away_until', { time: sayTime(until, now, locale) })}`}
    </small>
  );
}
