import { useState, type FormEvent } from 'react';
import type { Id, LivePerson, LiveView } from '@/api/types';
import { settle } from '@/lib/settle';
import { uuidv7 } from '@/lib/uuidv7';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { tellRefusal } from '@/ui/tellRefusal';
import { TextField } from '@/ui/TextField';
import { usePlacePerson, useRecall, useWriteNote } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';

type RoomListProps = { live: LiveView; me: LivePerson | undefined; isHost: boolean };

/** The rooms and who is in each; for hosts moving people, telling all, and calling back. */
export function RoomList({ live: { session, breakouts }, me, isHost }: RoomListProps) {
  const t = useText();
  const [all, setAll] = useState('');
  const place = usePlacePerson(session.channel_id, session.id);
  const recall = useRecall(session.channel_id, session.id);
  const note = useWriteNote(session.channel_id, session.id);
  const put = (person_id: Id, breakout_id: Id | null) => settle(place.mutateAsync({ person_id, breakout_id }), { onError: tellRefusal });
  const call = (seconds: number) => settle(recall.mutateAsync(seconds), { onError: tellRefusal });
  const rooms = [{ value: '', label: t('large_room') }, ...breakouts.map(({ id, name }) => ({ value: id, label: name }))];
  const tellAll = (event: FormEvent) => {
    event.preventDefault();
    if (all.trim() === '' || note.isPending) return;
    note.mutate({ id: uuidv7(), text: all.trim() }, { onSuccess: () => setAll('') });
  };
  return (
    <div className={styles.fields}>
      {breakouts.map(({ id, name }) => (
        <section key={id} className={styles.roomBox} aria-label={name}>
          <h2 dir="auto">{name}</h2>
          <ul>
            {session.people
              .filter(({ breakout_id }) => breakout_id === id)
              .map(({ person_id }) => (
                <InRoom key={person_id} id={person_id} rooms={isHost ? rooms : null} value={id} onChange={(room) => put(person_id, room === '' ? null : room)} />
              ))}
          </ul>
          {me && (isHost || session.may_choose) && me.breakout_id !== id && (
            <Button size="s" aria-label={t('go_in_of', { name })} onClick={() => put(me.person_id, id)}>
              {t('go_in')}
            </Button>
          )}
        </section>
      ))}
      {isHost && (
        <>
          {session.people.some(({ is_in, breakout_id, role }) => is_in && role !== 'host' && breakout_id === null) && (
            <section className={styles.roomBox} aria-label={t('large_room')}>
              <h2>{t('large_room')}</h2>
              <ul>
                {session.people
                  .filter(({ is_in, breakout_id, role }) => is_in && role !== 'host' && breakout_id === null)
                  .map(({ person_id }) => (
                    <InRoom key={person_id} id={person_id} rooms={rooms} value="" onChange={(room) => put(person_id, room === '' ? null : room)} />
                  ))}
              </ul>
            </section>
          )}
          <form className={styles.fields} onSubmit={tellAll}>
            <TextField label={t('tell_all')} value={all} maxLength={2000} onChange={setAll} />
            <FormError error={note.error} />
            <Button type="submit" size="s" busy={note.isPending} disabled={all.trim() === ''}>
              {t('tell_all_send')}
            </Button>
          </form>
          <div className={styles.row}>
            <Button onClick={() => call(60)}>{t('recall_soon')}</Button>
            <Button tone="plain" onClick={() => call(0)}>
              {t('recall_now')}
            </Button>
          </div>
          <p className={styles.small}>{t('recall_hint')}</p>
        </>
      )}
    </div>
  );
}

type InRoomProps = { id: Id; rooms: readonly { value: string; label: string }[] | null; value: string; onChange: (room: string) => void };

function InRoom({ id, rooms, value, onChange }: InRoomProps) {
  const t = useText();
  const name = usePerson(id)?.name ?? t('somebody');
  return <li>{rooms ? <Select label={name} value={value} options={rooms} onChange={onChange} /> : <span dir="auto">{name}</span>}</li>;
}
