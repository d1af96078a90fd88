import { useLayoutEffect, useRef, type CSSProperties } from 'react';
import { currentLocale } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { formatTime } from '@/lib/time';
import { formatDayName, freeDays, MINUTES_PER_DAY, placedOn, startOf, stretchesOn, wallOf, type Day, type Stretch } from '../model';
import { useText } from '../strings';
import { HoursWords } from './HoursWords';
import { MeetingBlock } from './MeetingBlock';
import styles from './Schedule.module.css';
import type { Week } from './week';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Where the day begins for the eye. */
const FIRST_SEEN_HOUR = 7;
/** How dark it is where all of them work. */
const DARKEST = 0.3;

/** Seven days side by side: everyone's working hours on one clock, and the meetings on them. */
export function WeekGrid(week: Week) {
  const t = useText();
  const locale = currentLocale();
  const box = useRef<HTMLDivElement>(null);
  const { days, today, timeZone } = week;
  const midnight = startOf(today, timeZone);
  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = (box.current.scrollHeight * FIRST_SEEN_HOUR) / 24;
  }, []);
  return (
    <div className={styles.week}>
      <div className={styles.heads} aria-hidden="true">
        <span />
        {days.map((day) => (
          <span key={day} data-today={day === today || undefined}>
            {formatDayName(day, locale, 'short')}
          </span>
        ))}
      </div>
      <div ref={box} className={styles.scroller} role="region" aria-label={t('the_week')} tabIndex={0}>
        <div className={styles.grid}>
          <div className={styles.clock} aria-hidden="true">
            {HOURS.map((hour) => (
              <span key={hour} style={{ insetBlockStart: `${(hour / 24) * 100}%` }}>
                {hour > 0 && formatTime(midnight + hour * 3_600_000_000, locale, timeZone)}
              </span>
            ))}
          </div>
          {days.map((day) => (
            <DayColumn key={day} day={day} week={week} />
          ))}
        </div>
      </div>
      <HoursWords week={week} />
    </div>
  );
}

function DayColumn({ day, week }: { day: Day; week: Week }) {
  const locale = currentLocale();
  const { timeZone, hours, people } = week;
  const now = wallOf(useMinute(), timeZone);
  const share = DARKEST / Math.max(people.length, 2);
  return (
    <div className={styles.day} role="group" aria-label={formatDayName(day, locale, 'long')}>
      {hours.map(({ person_id, work }) =>
        stretchesOn(work, day, timeZone).map((stretch) => <i key={`${person_id}${stretch.from_min}`} className={styles.work} style={{ ...placed(stretch), opacity: share }} />),
      )}
      {freeDays(hours[0], day, timeZone).map((stretch, idx) => (
        <i key={idx} className={styles.free} style={placed(stretch)} />
      ))}
      {hours.map(({ person_id, focus }) =>
        stretchesOn(focus, day, timeZone).map((stretch) => <i key={`${person_id}f${stretch.from_min}`} className={styles.focus} style={placed(stretch)} />),
      )}
      {placedOn(week.meetings, day, timeZone).map((block) => (
        <MeetingBlock key={block.meeting.id} block={block} style={placed(block)} week={week} />
      ))}
      {now.day === day && <b className={styles.now} style={{ insetBlockStart: `${(now.minute / MINUTES_PER_DAY) * 100}%` }} aria-hidden="true" />}
    </div>
  );
}

function placed({ from_min, to_min }: Stretch): CSSProperties {
  return { insetBlockStart: `${(from_min / MINUTES_PER_DAY) * 100}%`, blockSize: `${((to_min - from_min) / MINUTES_PER_DAY) * 100}%` };
}
