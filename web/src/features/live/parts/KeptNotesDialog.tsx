import type { Id, LiveBreakout, LiveView } from '@/api/types';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { useNotes } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';
import { Note } from './NotesPanel';

/** What was written in smaller rooms and could not be posted when they closed. */
export function KeptNotesDialog({ live: { session, kept }, onClose }: { live: LiveView; onClose: () => void }) {
  const t = useText();
  return (
    <Dialog title={t('kept_notes')} hint={t('kept_notes_hint')} onClose={onClose}>
      <div className={styles.fields}>
        {kept.map((room) => (
          <Room key={room.id} room={room} channel_id={session.channel_id} live_id={session.id} />
        ))}
      </div>
    </Dialog>
  );
}

function Room({ room, channel_id, live_id }: { room: LiveBreakout; channel_id: Id; live_id: Id }) {
  const { data, error, refetch } = useNotes(channel_id, live_id, room.id);
  return (
    <section className={styles.roomBox} aria-label={room.name}>
      <h2 dir="auto">{room.name}</h2>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={2} />)}
      <ul className={styles.notes}>
        {data?.notes.map((note) => (
          <Note key={note.id} note={note} />
        ))}
      </ul>
    </section>
  );
}
