import { useState } from 'react';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Skeleton } from '@/ui/Skeleton';
import { TextField } from '@/ui/TextField';
import { clockOf, MINUTES_PER_DAY, minutesOf, withDay } from '../model';
import { useHours, useSaveHours } from '../queries';
import { useText } from '../strings';
import styles from './TimePage.module.css';

const WORKDAYS = [1, 2, 3, 4, 5];

/** The hours of somebody new: one line for Monday to Friday, as the workspace has it. */
export function FirstHours({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useText();
  const { data } = useHours();
  const save = useSaveHours();
  const usual = data?.hours.work[0];
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  if (!data) return <Skeleton rows={2} />;
  const from_min = minutesOf(from ?? '') ?? usual?.from_min ?? 9 * 60;
  const to_min = minutesOf(to ?? '') ?? usual?.to_min ?? 17 * 60;

  function keep() {
    if (!data) return;
    const day = [{ from_min, to_min: to_min || MINUTES_PER_DAY }];
    const work = WORKDAYS.reduce((week, weekday) => withDay(week, weekday, day), data.hours.work);
    save.mutate({ hours: { ...data.hours, work }, revision: data.revision }, { onSuccess: onDone });
  }

  return (
    <Form id={id} onSubmit={keep}>
      <p className={styles.preview}>{t('first_hint')}</p>
      <div className={styles.two}>
        <TextField label={t('from')} type="time" value={clockOf(from_min)} onChange={setFrom} required data-autofocus />
        <TextField label={t('to')} type="time" value={clockOf(to_min)} onChange={setTo} required />
      </div>
      <FormError error={save.error} />
    </Form>
  );
}
