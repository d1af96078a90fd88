import type { Id, Micros } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { ownTimeZone } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { usePerson } from '@/realtime/people';
import { TextField } from '@/ui/TextField';
import { AHEAD_MAX_DAYS, fieldsOf, momentOf, sayThere } from '../model';
import { useText } from '../strings';
import styles from './Later.module.css';

const DAY_MICROS = 86_400_000_000;

export type Wanted = { day: string; time: string };

/** Not `null`: a time that can be taken. */
export function momentIn({ day, time }: Wanted, now: Micros): Micros | null {
  const at = momentOf(day, time);
  return at !== null && at > now && at <= now + AHEAD_MAX_DAYS * DAY_MICROS ? at : null;
}

type TimeFieldsProps = { wanted: Wanted; onChange: (wanted: Wanted) => void; people: readonly Id[] };

/** A day and a time on my clock, and what the clocks of others show then. */
export function TimeFields({ wanted, onChange, people }: TimeFieldsProps) {
  const t = useText();
  const now = useMinute();
  const at = momentOf(wanted.day, wanted.time);
  const error = at !== null && momentIn(wanted, now) === null ? t('not_this_time') : undefined;
  return (
    <>
      <div className={styles.two}>
        <TextField label={t('day')} type="date" min={fieldsOf(now).day} value={wanted.day} onChange={(day) => onChange({ ...wanted, day })} required />
        <TextField label={t('time')} type="time" value={wanted.time} onChange={(time) => onChange({ ...wanted, time })} required error={error} />
      </div>
      <p className={styles.note}>{t('my_clock', { zone: ownTimeZone() })}</p>
      {at !== null && people.map((id) => <TheirTime key={id} id={id} at={at} />)}
    </>
  );
}

function TheirTime({ id, at }: { id: Id; at: Micros }) {
  const t = useText();
  const person = usePerson(id);
  if (!person || person.time_zone === ownTimeZone()) return null;
  return (
    <p className={styles.note} dir="auto">
      {t('their_clock', { name: person.name, when: sayThere(at, currentLocale(), person.time_zone) })}
    </p>
  );
}
