import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { useMe } from '@/realtime/start';
import { Chip } from '@/ui/Chip';
import { answerOf, formatDayName, freeDays, isAsking, onDay, type Day } from '../model';
import { useText } from '../strings';
import { HoursWords } from './HoursWords';
import styles from './Schedule.module.css';
import type { Week } from './week';

/** The week on a phone: day after day, what is in it. */
export function DayList(week: Week) {
  return (
    <>
      <ol className={styles.days}>
        {week.days.map((day) => (
          <DayRow key={day} day={day} week={week} />
        ))}
      </ol>
      <HoursWords week={week} />
    </>
  );
}

function DayRow({ day, week }: { day: Day; week: Week }) {
  const t = useText();
  const locale = currentLocale();
  const me = useMe();
  const { timeZone } = week;
  const meetings = week.meetings.filter((meeting) => onDay(meeting.starts_at, meeting.ends_at, day, timeZone));
  return (
    <li>
      <h2 data-today={day === week.today || undefined}>{formatDayName(day, locale, 'long')}</h2>
      {freeDays(week.hours[0], day, timeZone).length > 0 && <p className={styles.freeLine}>{t('kept_free')}</p>}
      {meetings.length === 0 && <p className={styles.empty}>{t('nothing_here')}</p>}
      {meetings.map((meeting) => {
        const answer = answerOf(meeting, me?.id) ?? 'open';
        const state = meeting.is_canceled ? 'canceled' : isAsking(meeting) ? 'asking' : answer;
        return (
          <button key={meeting.id} type="button" className={styles.row} data-state={state} onClick={() => week.onOpen(meeting.id)}>
            <span className={styles.when}>
              {formatTime(meeting.starts_at, locale, timeZone)}–{formatTime(meeting.ends_at, locale, timeZone)}
            </span>
            <b dir="auto">{meeting.title}</b>
            <Chip tone={state === 'open' || state === 'asking' ? 'due' : 'calm'}>{t(`state_${state}`)}</Chip>
          </button>
        );
      })}
    </li>
  );
}
