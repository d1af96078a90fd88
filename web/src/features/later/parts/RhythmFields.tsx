import type { Rhythm } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { clockOf, dayName, EVERY_MAX_WEEKS, minutesOf, WEEK } from '../rhythm';
import { useText } from '../strings';
import styles from './Later.module.css';

const WEEKS = Array.from({ length: EVERY_MAX_WEEKS }, (_, idx) => String(idx + 1));

/** Days of the week, a time of the day, and how often. */
export function RhythmFields({ rhythm, onChange }: { rhythm: Rhythm; onChange: (rhythm: Rhythm) => void }) {
  const t = useText();
  const locale = currentLocale();
  const { days, at_min, every_weeks } = rhythm;
  const toggle = (day: number) => onChange({ ...rhythm, days: days.includes(day) ? days.filter((other) => other !== day) : [...days, day].sort() });
  return (
    <>
      <fieldset className={styles.days}>
        <legend>{t('days')}</legend>
        {WEEK.map((day) => (
          <button key={day} type="button" aria-pressed={days.includes(day)} onClick={() => toggle(day)}>
            {dayName(day, locale, 'short')}
          </button>
        ))}
      </fieldset>
      {days.length === 0 && (
        <p className={styles.note} role="alert">
          {t('no_day')}
        </p>
      )}
      <div className={styles.two}>
        <TextField
          label={t('time')}
          type="time"
          value={clockOf(at_min)}
          onChange={(clock) => onChange({ ...rhythm, at_min: minutesOf(clock) ?? at_min })}
          required
        />
        <Select
          label={t('how_often')}
          value={String(every_weeks)}
          options={WEEKS.map((value) => ({ value, label: t('every_weeks', { count: Number(value) }) }))}
          onChange={(value) => onChange({ ...rhythm, every_weeks: Number(value) })}
        />
      </div>
    </>
  );
}
