import { IconPlus, IconX } from '@tabler/icons-react';
import { Button } from '@/ui/Button';
import { IconButton } from '@/ui/IconButton';
import { TextField } from '@/ui/TextField';
import type { Day } from '../model';
import { useText } from '../strings';
import { MOST_TIMES, nextTime, type WallTime } from '../timePolls';
import styles from './TimePolls.module.css';

type PollTimesProps = { times: readonly WallTime[]; onChange: (times: WallTime[]) => void; day: Day; errors: Record<string, string> };

/** The times that are asked about, a line each, on the reader's clock. */
export function PollTimes({ times, onChange, day, errors }: PollTimesProps) {
  const t = useText();
  const change = (idx: number, time: WallTime) => onChange(times.map((one, other) => (other === idx ? time : one)));
  return (
    <fieldset className={styles.times}>
      <legend>{t('poll_times')}</legend>
      <p className={styles.hint}>{t('poll_times_hint')}</p>
      {times.map((time, idx) => (
        <div key={idx} className={styles.timeLine} role="group" aria-label={t('poll_time_n', { n: idx + 1 })}>
          <TextField label={t('day')} type="date" value={time.day} onChange={(next) => change(idx, { ...time, day: next })} required error={errors[`starts/${idx}`]} />
          <TextField label={t('begins')} type="time" value={time.clock} onChange={(clock) => change(idx, { ...time, clock })} required />
          {times.length > 2 && (
            <IconButton label={t('poll_remove_time', { n: idx + 1 })} onClick={() => onChange(times.filter((_, other) => other !== idx))}>
              <IconX size={16} stroke={1.6} aria-hidden />
            </IconButton>
          )}
        </div>
      ))}
      {errors['starts'] && (
        <p role="alert" className={styles.wrong}>
          {errors['starts']}
        </p>
      )}
      {times.length < MOST_TIMES && (
        <div>
          <Button size="s" tone="outline" icon={<IconPlus size={16} stroke={1.6} aria-hidden="true" />} onClick={() => onChange([...times, nextTime(times, day)])}>
            {t('poll_add_time')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
