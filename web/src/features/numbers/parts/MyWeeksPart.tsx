import { useState } from 'react';
import type { MyWeek } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { linesOfMine, sayMinutes, sayWeek } from '../model';
import { useMyNumbers } from '../queries';
import { useText } from '../strings';
import { Lines } from './Lines';
import styles from './Numbers.module.css';
import { WeeksTable } from './WeeksTable';

export function MyWeeksPart() {
  const t = useText();
  const { data, error, refetch } = useMyNumbers();
  return (
    <Section title={t('mine')} hint={t('mine_hint')}>
      {!data && !error && <Skeleton rows={6} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (data.weeks.length > 0 ? <Weeks weeks={data.weeks} /> : <EmptyState text={t('none_yet')} />)}
    </Section>
  );
}

function Weeks({ weeks }: { weeks: MyWeek[] }) {
  const t = useText();
  const locale = currentLocale();
  const [chosen, setChosen] = useState(weeks[0]?.week ?? '');
  const week = weeks.find((candidate) => candidate.week === chosen) ?? weeks[0];
  const name = (monday: string) => sayWeek(monday, locale);
  return (
    <>
      <div className={styles.field}>
        <Select
          label={t('week')}
          value={week?.week ?? ''}
          options={weeks.map(({ week: value }, idx) => ({ value, label: idx === 0 ? t('this_week', { week: name(value) }) : name(value) }))}
          onChange={setChosen}
        />
      </div>
      {week && <Lines lines={linesOfMine(week, locale, t)} />}
      <WeeksTable
        caption={t('weeks_table')}
        heads={[t('live'), t('outside_hours')]}
        weeks={weeks.map((each) => ({
          week: name(each.week),
          said: sayMinutes(each.live_minutes, locale),
          minutes: each.live_minutes,
          more: sayMinutes(each.live_outside_minutes, locale),
        }))}
      />
    </>
  );
}
