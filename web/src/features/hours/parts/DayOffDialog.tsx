import { useId, useState } from 'react';
import type { DayOff, Person } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { TextField } from '@/ui/TextField';
import { MINUTES_PER_DAY, minutesOf } from '../model';
import { useText } from '../strings';
import type { PickPeople } from './pickPeople';
import styles from './TimePage.module.css';

const MAX_NOTE = 120;

type DayOffDialogProps = { PickPeople: PickPeople; today: string; onAdd: (day: DayOff) => void; onClose: () => void };

export function DayOffDialog({ PickPeople, today, onAdd, onClose }: DayOffDialogProps) {
  const t = useText();
  const formId = useId();
  const me = useMe();
  const [kind, setKind] = useState<'off' | 'part' | 'work'>('off');
  const [first, setFirst] = useState(today);
  const [last, setLast] = useState(today);
  const [from, setFrom] = useState('13:00');
  const [to, setTo] = useState('17:00');
  const [note, setNote] = useState('');
  const [deputies, setDeputies] = useState<Person[]>([]);
  const hasHours = kind !== 'off';
  const to_min = minutesOf(to) || MINUTES_PER_DAY;
  const isInverted = hasHours ? to_min <= (minutesOf(from) ?? 0) : last < first;

  const add = () =>
    !isInverted &&
    onAdd({
      first,
      last: hasHours ? first : last,
      is_work: kind === 'work',
      from_min: hasHours ? minutesOf(from) : null,
      to_min: hasHours ? to_min : null,
      note: note.trim(),
      deputy_id: kind === 'off' ? (deputies[0]?.id ?? null) : null,
    });

  return (
    <Dialog
      title={t('add_days')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId}>
            {t('add')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={add}>
        <Choice
          legend={t('kind_of_days')}
          value={kind}
          options={(['off', 'part', 'work'] as const).map((value) => ({ value, label: t(`kind_${value}`), hint: t(`kind_${value}_hint`) }))}
          onChange={setKind}
        />
        <div className={styles.two}>
          <TextField label={hasHours ? t('day') : t('first_day')} type="date" value={first} onChange={setFirst} required />
          {!hasHours && <TextField label={t('last_day')} type="date" value={last} onChange={setLast} required error={isInverted ? t('inverted') : undefined} />}
        </div>
        {hasHours && (
          <div className={styles.two}>
            <TextField label={t('from')} type="time" value={from} onChange={setFrom} required />
            <TextField label={t('to')} type="time" value={to} onChange={setTo} required error={isInverted ? t('inverted') : undefined} />
          </div>
        )}
        <TextField label={t('note')} hint={t('note_hint')} optional value={note} onChange={setNote} maxLength={MAX_NOTE} />
        {kind === 'off' && (
          <div>
            <p className={styles.preview}>{t('deputy_hint')}</p>
            <PickPeople chosen={deputies} onChange={setDeputies} without={new Set(me ? [me.id] : [])} max={1} />
          </div>
        )}
      </Form>
    </Dialog>
  );
}
