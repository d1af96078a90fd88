import type { SearchNote } from '@/api/types';
import { useText } from '../strings';
import styles from './Notes.module.css';

/** What could not be understood, and what can be done about it. */
export function Notes({ notes }: { notes: readonly SearchNote[] }) {
  const t = useText();
  if (notes.length === 0) return null;
  return (
    <div className={styles.notes} role="status">
      {notes.map((note) => (
        <p key={note.kind + note.about}>
          <bdi>{t(`note_${note.kind}`, { about: note.about })}</bdi>
        </p>
      ))}
    </div>
  );
}
