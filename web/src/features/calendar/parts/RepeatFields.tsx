import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { MAX_TIMES, type Repeating } from '../repeats';
import { useText } from '../strings';

const EVERY = ['once', '1', '2', '4'] as const;

type RepeatFieldsProps = { value: Repeating; onChange: (value: Repeating) => void; errors: Record<string, string> };

/** Whether it is a series, how long, and whether its time goes round. */
export function RepeatFields({ value, onChange, errors }: RepeatFieldsProps) {
  const t = useText();
  const options = EVERY.map((every) => ({ value: every, label: t(`every_${every}`) }));
  return (
    <>
      <Select label={t('repeats')} value={value.every} options={options} onChange={(every) => onChange({ ...value, every })} error={errors['repeats/every_weeks']} />
      {value.every !== 'once' && (
        <>
          <TextField
            label={t('times')}
            hint={t('times_hint', { max: MAX_TIMES })}
            inputMode="numeric"
            value={value.times}
            onChange={(times) => onChange({ ...value, times })}
            error={errors['repeats/times'] ?? errors['repeats/starts'] ?? errors['repeats/turns']}
          />
          <Switch label={t('turns')} hint={t('turns_hint')} checked={value.turns} onChange={(turns) => onChange({ ...value, turns })} />
        </>
      )}
    </>
  );
}
