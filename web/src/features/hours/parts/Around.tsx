import { useState } from 'react';
import type { Id, Person, PersonHours } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatClockIn, formatTime } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { PanelHeading } from '@/ui/PanelHeading';
import { dayOf, nextCommon, placeIn, sayMeeting, within, type Day } from '../around';
import { usePeopleHours } from '../queries';
import { useText } from '../strings';
import styles from './Around.module.css';
import { sayHours } from './PersonHoursLine';
import { useKnownPeople } from './useKnownPeople';

/** Rows at first; the sentence below speaks of all. */
const ROWS = 6;
/** More people than this have no hour in common that would be worth a sentence. */
export const AROUND_MAX = 24;
const MARKS = [0, 6, 12, 18, 24];

type AroundProps = {
  ids: readonly Id[];
  /** A heading of the panel, or a line in the conversation, where a heading has no place. */
  heading?: boolean;
};

/** When people are around, each one's declared hours drawn on the reader's clock. Nothing where there is nobody else. */
export function Around({ ids, heading = true }: AroundProps) {
  const t = useText();
  const now = useMinute();
  const me_id = useMe()?.id;
  const [isWhole, setWhole] = useState(false);
  const others = ids.filter((id) => id !== me_id).slice(0, AROUND_MAX);
  const { data } = usePeopleHours(others.length > 0 && me_id ? [...others, me_id] : []);
  const people = useKnownPeople(others);
  const known = people.flatMap((person) => {
    const hours = data?.find(({ person_id }) => person_id === person.id);
    return hours ? [{ person, hours }] : [];
  });
  if (known.length === 0) return null;
  const mine = data?.find(({ person_id }) => person_id === me_id);
  const day = dayOf(now);
  const locale = currentLocale();
  const time = (at: number) => formatTime(at, locale);
  const weekday = (at: number) => new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(at / 1000);
  const all = [...known.map(({ hours }) => (hours.away ? [] : hours.work)), ...(mine ? [mine.work] : [])];
  const shown = isWhole ? known : known.slice(0, ROWS);
  const Title = heading ? PanelHeading : 'p';
  // A feed holds nothing but articles.
  const Part = heading ? 'section' : 'article';
  return (
    <Part className={styles.around} aria-label={t('around')} data-around="">
      <header>
        <Title>{t('around')}</Title>
        <span>{t('your_time')}</span>
      </header>
      <div className={styles.axis} aria-hidden="true">
        {MARKS.map((mark) => (
          <span key={mark} style={{ insetInlineStart: `${(mark / 24) * 100}%` }}>
            {String(mark).padStart(2, '0')}
          </span>
        ))}
      </div>
      <ul>
        {shown.map(({ person, hours }) => (
          <Row key={person.id} person={person} hours={hours} day={day} now={now} />
        ))}
      </ul>
      {known.length > shown.length && (
        <Button size="s" tone="plain" onClick={() => setWhole(true)}>
          {t('around_more', { count: known.length - shown.length })}
        </Button>
      )}
      <p>{sayMeeting(nextCommon(all, now), all.length, time, weekday, t)}</p>
    </Part>
  );
}

function Row({ person, hours, day, now }: { person: Person; hours: PersonHours; day: Day; now: number }) {
  const t = useText();
  const locale = currentLocale();
  const place = (at: number) => `${placeIn(day, at) * 100}%`;
  const isOn = hours.work.some(([from, to]) => from <= now && now < to);
  return (
    <li>
      <span className={styles.name}>
        <bdi>{person.name}</bdi>
        <small>{formatClockIn(hours.time_zone, now, locale)}</small>
      </span>
      {hours.away ? (
        <span className={styles.away}>{sayHours(hours, now, locale, t)}</span>
      ) : (
        <>
          <span className={styles.strip} aria-hidden="true">
            {within(hours.work, day).map(([from, to]) => (
              <i key={from} data-on={isOn} style={{ insetInlineStart: place(from), insetInlineEnd: `calc(100% - ${place(to)})` }} />
            ))}
            <b style={{ insetInlineStart: place(now) }} />
          </span>
          <span className="visually-hidden">{sayHours(hours, now, locale, t)}</span>
        </>
      )}
    </li>
  );
}
