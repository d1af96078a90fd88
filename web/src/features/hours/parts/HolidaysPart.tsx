import { useState } from 'react';
import type { OwnHours } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { useHolidays } from '../queries';
import { useText } from '../strings';
import { RegionFields } from './RegionFields';
import styles from './TimePage.module.css';

/** Whose holidays are mine, and on which of them I work all the same. */
export function HolidaysPart({ hours, onChange }: { hours: OwnHours; onChange: (part: Partial<OwnHours>) => void }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={t('holidays')} hint={t('holidays_hint')}>
      <RegionFields region={hours.holidays} onChange={(holidays) => onChange({ holidays, holidays_worked: [] })} />
      {hours.holidays && (
        <div className={styles.below}>
          <Button size="s" tone="outline" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t('show_holidays')}
          </Button>
        </div>
      )}
      {hours.holidays && isOpen && <HolidayList region={hours.holidays} worked={hours.holidays_worked} onChange={(holidays_worked) => onChange({ holidays_worked })} />}
    </Section>
  );
}

type HolidayListProps = { region: string; worked: readonly string[]; onChange: (worked: string[]) => void };

/** A year from today on. */
function HolidayList({ region, worked, onChange }: HolidayListProps) {
  const t = useText();
  const locale = currentLocale();
  const today = new Date();
  const from = today.toLocaleDateString('en-CA');
  const until = `${today.getFullYear() + 1}${from.slice(4)}`;
  const thisYear = useHolidays(region, today.getFullYear());
  const nextYear = useHolidays(region, today.getFullYear() + 1);
  if (!thisYear.data || !nextYear.data) return thisYear.error || nextYear.error ? <p>{t('no_holidays')}</p> : <Skeleton rows={4} />;
  const coming = [...thisYear.data, ...nextYear.data].filter(({ day }) => from <= day && day < until);
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (
    <div className={styles.below}>
      {coming.map(({ day, name, english }) => (
        <Switch
          key={day}
          label={locale.startsWith('en') ? english : name}
          hint={t(worked.includes(day) ? 'worked_on' : 'free_on', { day: format.format(new Date(day)) })}
          checked={!worked.includes(day)}
          onChange={(isFree) => onChange(isFree ? worked.filter((other) => other !== day) : [...worked, day])}
        />
      ))}
    </div>
  );
}
