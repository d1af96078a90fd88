import { useState } from 'react';
import type { OwnHours } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useDebounced } from '@/lib/useDebounced';
import { clockOf, formatMoment, minutesOf, sayTold, weekdayName, weekOrder } from '../model';
import { usePreview } from '../queries';
import { useText } from '../strings';
import styles from './TimePage.module.css';

/** "On Tuesday 21:00 an urgent message would ring; others wait until 09:00." Of the hours as they stand, saved or not. */
export function PreviewLine({ hours, zone }: { hours: OwnHours; zone: string }) {
  const t = useText();
  const locale = currentLocale();
  const [weekday, setWeekday] = useState(2);
  const [minute, setMinute] = useState(21 * 60);
  const { data } = usePreview(useDebounced(hours), weekday, minute);
  const until = (at: number) => (data ? formatMoment(at, data.at, locale, zone) : '');
  return (
    <div className={styles.preview}>
      {t('what_if')}
      <select aria-label={t('weekday')} value={weekday} onChange={(event) => setWeekday(Number(event.target.value))}>
        {weekOrder(locale).map((day) => (
          <option key={day} value={day}>
            {weekdayName(day, locale)}
          </option>
        ))}
      </select>
      <input type="time" aria-label={t('time')} required value={clockOf(minute)} onChange={(event) => setMinute(minutesOf(event.target.value) ?? minute)} />
      <p role="status">
        {data
          ? t('preview', {
              when: `${weekdayName(weekday, locale)} ${clockOf(minute)}`,
              urgent: sayTold(data.urgent, 'urgent', until, t),
              others: sayTold(data.others, 'others', until, t),
            })
          : '…'}
      </p>
    </div>
  );
}
