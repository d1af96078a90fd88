import { useState, type FormEvent } from 'react';
import type { LiveView } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { deal } from '../model';
import { useOpenBreakouts } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';

type How = 'random' | 'hand' | 'choice';
const ROOMS_MAX = 30;

/** One room a line, who goes where, and for how long. */
export function OpenRooms({ live: { session } }: { live: LiveView }) {
  const t = useText();
  const [names, setNames] = useState(() => [1, 2].map((n) => t('room_n', { n })).join('\n'));
  const [how, setHow] = useState<How>('random');
  const [minutes, setMinutes] = useState('10');
  const [placed, setPlaced] = useState<Readonly<Record<string, string>>>({});
  const open = useOpenBreakouts(session.channel_id, session.id);
  const rooms = names
    .split('\n')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .slice(0, ROOMS_MAX);
  const others = session.people.filter(({ is_in, role }) => is_in && role !== 'host').map(({ person_id }) => person_id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (rooms.length === 0 || open.isPending) return;
    const dealt = how === 'random' ? deal(others, rooms.length, Math.random) : rooms.map((_, idx) => (how === 'hand' ? others.filter((id) => placed[id] === String(idx)) : []));
    open.mutate({
      rooms: rooms.map((name, idx) => ({ id: uuidv7(), name, people: dealt[idx] ?? [] })),
      may_choose: how === 'choice',
      minutes: minutes === '' ? null : Number(minutes),
    });
  };
  return (
    <form className={styles.fields} onSubmit={submit}>
      <p className={styles.small}>{t('rooms_hint')}</p>
      <TextArea label={t('room_names')} hint={t('room_names_hint')} rows={3} value={names} onChange={setNames} />
      <Choice
        legend={t('who_where')}
        value={how}
        options={(['random', 'hand', 'choice'] as const).map((value) => ({ value, label: t(`by_${value}`), hint: t(`by_${value}_hint`) }))}
        onChange={setHow}
      />
      {how === 'hand' && others.map((id) => <PlaceField key={id} id={id} rooms={rooms} value={placed[id] ?? ''} onChange={(room) => setPlaced({ ...placed, [id]: room })} />)}
      <TextField label={t('room_minutes')} hint={t('room_minutes_hint')} type="number" min={1} max={240} value={minutes} onChange={setMinutes} />
      <FormError error={open.error} />
      <Button tone="primary" type="submit" busy={open.isPending} disabled={rooms.length === 0}>
        {t('open_rooms')}
      </Button>
    </form>
  );
}

function PlaceField({ id, rooms, value, onChange }: { id: string; rooms: readonly string[]; value: string; onChange: (room: string) => void }) {
  const t = useText();
  const options = [{ value: '', label: t('large_room') }, ...rooms.map((label, idx) => ({ value: String(idx), label }))];
  return <Select label={usePerson(id)?.name ?? t('somebody')} value={value} options={options} onChange={onChange} />;
}
