import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { periods, type Wish } from '../model';
import { useText } from '../strings';

type PeriodFieldsProps = { wish: Wish; isWrong: boolean; onChange: (change: Partial<Wish>) => void };

/** All, some days back, or from one day to another. */
export function PeriodFields({ wish, isWrong, onChange }: PeriodFieldsProps) {
  const t = useText();
  return (
    <>
      <Select
        label={t('period')}
        value={wish.period}
        options={periods.map((period) => ({ value: period, label: t(`period_${period}`) }))}
        onChange={(period) => onChange({ period })}
      />
      {wish.period === 'dates' && (
        <>
          <TextField
            label={t('first_day')}
            type="date"
            required
            value={wish.firstDay}
            onChange={(firstDay) => onChange({ firstDay })}
            error={isWrong ? t('days_missing') : undefined}
          />
          <TextField label={t('last_day')} type="date" required value={wish.lastDay} onChange={(lastDay) => onChange({ lastDay })} />
        </>
      )}
    </>
  );
}
