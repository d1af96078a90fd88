import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Id, LiveNote, LiveView } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { Skeleton } from '@/ui/Skeleton';
import { TextArea } from '@/ui/TextArea';
import { useNotes, useWriteNote } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';
import { PanelHead } from './PanelHead';

/** What a smaller room writes down. When all come back it stands in the topic. */
export function NotesPanel({ live: { session, breakouts }, breakout_id, onClose }: { live: LiveView; breakout_id: Id; onClose: () => void }) {
  const t = useText();
  const { data, error, refetch } = useNotes(session.channel_id, session.id, breakout_id);
  const [text, setText] = useState('');
  const [id, setId] = useState(uuidv7);
  const write = useWriteNote(session.channel_id, session.id);
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [data?.notes.length]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || write.isPending) return;
    write.mutate(
      { id, breakout_id, text: text.trim() },
      {
        onSuccess: () => {
          setText('');
          setId(uuidv7());
        },
      },
    );
  };
  const name = breakouts.find((room) => room.id === breakout_id)?.name ?? t('notes');
  return (
    <Pane as="aside" label={t('notes')}>
      <PanelHead title={name} onClose={onClose} />
      <PaneBody>
        <div className={styles.panelBody}>
        {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />)}
        {data?.notes.length === 0 && <p className={styles.small}>{t('no_notes')}</p>}
        <ul className={styles.notes} aria-live="polite">
          {data?.notes.map((note) => (
            <Note key={note.id} note={note} />
          ))}
          <li ref={end} aria-hidden="true" />
        </ul>
        <form className={styles.fields} onSubmit={submit}>
          <TextArea label={t('write_note')} rows={2} value={text} maxLength={2000} onChange={setText} />
          <FormError error={write.error} />
          <Button type="submit" size="s" tone="primary" busy={write.isPending} disabled={text.trim() === ''}>
            {t('write')}
          </Button>
        </form>
        </div>
      </PaneBody>
    </Pane>
  );
}

export function Note({ note }: { note: LiveNote }) {
  const t = useText();
  const name = usePerson(note.person_id)?.name ?? t('somebody');
  return (
    <li data-all={note.breakout_id === null || undefined}>
      <b dir="auto">{note.breakout_id === null ? t('to_all_by', { name }) : name}</b>
      <span dir="auto">{note.text}</span>
    </li>
  );
}
