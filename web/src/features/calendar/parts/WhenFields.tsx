import { currentLocale } from '@/i18n/core';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { lengths, sayMinutes } from '../model';
import { useText } from '../strings';
import styles from './Schedule.module.css';

/** A day, a time and a length, on the reader's own clock. */
export type WhenValue = { day: string; clock: string; minutes: number };

export function WhenFields({ value, onChange, error }: { value: WhenValue; onChange: (value: WhenValue) => void; error?: string | undefined }) {
  const t = useText();
  const known: readonly number[] = lengths;
  const offered = known.includes(value.minutes) ? known : [value.minutes, ...known];
  return (
    <div className={styles.when3}>
      <TextField label={t('day')} type="date" value={value.day} onChange={(day) => onChange({ ...value, day })} required error={error} />
      <TextField label={t('begins')} type="time" value={value.clock} onChange={(clock) => onChange({ ...value, clock })} required />
      <Select
        label={t('length')}
        value={String(value.minutes)}
        options={offered.map((minutes) => ({ value: String(minutes), label: sayMinutes(minutes, currentLocale()) }))}
        onChange={(minutes) => onChange({ ...value, minutes: Number(minutes) })}
      />
    </div>
  );
}
