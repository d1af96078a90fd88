import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { DayOff, OwnHours } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { IconButton } from '@/ui/IconButton';
import { Section } from '@/ui/Section';
import { clockOf } from '../model';
import { useText, type HoursText } from '../strings';
import { DayOffDialog } from './DayOffDialog';
import type { PickPeople } from './pickPeople';
import styles from './TimePage.module.css';
import { useKnownPeople } from './useKnownPeople';

type DaysOffPartProps = { hours: OwnHours; onChange: (part: Partial<OwnHours>) => void; PickPeople: PickPeople };

/** Leave, half days, a Saturday for once. What is over is not shown, and stays. */
export function DaysOffPart({ hours, onChange, PickPeople }: DaysOffPartProps) {
  const t = useText();
  const [isAdding, setAdding] = useState(false);
  const today = new Date().toLocaleDateString('en-CA');
  const coming = hours.days_off.filter(({ last }) => last >= today);
  const add = (day: DayOff) => {
    onChange({ days_off: [...hours.days_off, day].sort((a, b) => a.first.localeCompare(b.first)) });
    setAdding(false);
  };
  return (
    <Section
      title={t('days_off')}
      hint={t('days_off_hint')}
      actions={
        <Button size="s" onClick={() => setAdding(true)}>
          {t('add_days')}
        </Button>
      }
    >
      {coming.length === 0 && <p className={styles.preview}>{t('no_days_off')}</p>}
      {coming.length > 0 && (
        <CardList label={t('days_off')}>
          {coming.map((day, idx) => (
            <DayOffRow key={idx} day={day} onRemove={() => onChange({ days_off: hours.days_off.filter((other) => other !== day) })} />
          ))}
        </CardList>
      )}
      {isAdding && <DayOffDialog PickPeople={PickPeople} today={today} onAdd={add} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function DayOffRow({ day, onRemove }: { day: DayOff; onRemove: () => void }) {
  const t = useText();
  const [deputy] = useKnownPeople(day.deputy_id ? [day.deputy_id] : []);
  const when = sayDays(day, t);
  const facts = [t(day.is_work ? 'is_work' : 'is_off'), deputy && t('deputy_is', { name: deputy.name }), day.note].filter(Boolean);
  return (
    <CardRow
      title={when}
      text={facts.join(' · ')}
      end={
        <IconButton label={t('remove_days', { when })} size="s" onClick={onRemove}>
          <IconX size={16} stroke={1.6} aria-hidden="true" />
        </IconButton>
      }
    />
  );
}

function sayDays({ first, last, from_min, to_min }: DayOff, t: HoursText): string {
  // A date has no zone: as UTC it is the same everywhere.
  const format = new Intl.DateTimeFormat(currentLocale(), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  const days = first === last ? format.format(new Date(first)) : format.formatRange(new Date(first), new Date(last));
  if (from_min === null || to_min === null) return days;
  return t('days_with_hours', { days, from: clockOf(from_min), to: clockOf(to_min) });
}
