import { IconArrowBackUp } from '@tabler/icons-react';
import { createContext, use, type ReactNode } from 'react';
import { useText } from '../strings';
import { useIsActive } from './activeRow';
import styles from './Markup.module.css';

/** Makes the ids of one message's footnotes its own. */
export const NotesId = createContext('');

/** The number in the text; leads to the note. */
export function NoteRef({ n }: { n: number }) {
  const t = useText();
  const id = use(NotesId);
  const tabIndex = useIsActive() ? 0 : -1;
  return (
    <sup>
      <button type="button" id={refId(id, n)} className={styles.noteRef} tabIndex={tabIndex} aria-label={t('footnote', { n })} onClick={() => focusOn(noteId(id, n))}>
        {n}
      </button>
    </sup>
  );
}

export function Notes({ children }: { children: ReactNode }) {
  const t = useText();
  return (
    <ol className={styles.notes} aria-label={t('footnotes')}>
      {children}
    </ol>
  );
}

/** One note; leads back to where it belongs. */
export function Note({ n, children }: { n: number; children: ReactNode }) {
  const t = useText();
  const id = use(NotesId);
  const tabIndex = useIsActive() ? 0 : -1;
  const label = t('footnote_back', { n });
  return (
    <li id={noteId(id, n)} tabIndex={-1}>
      {children}
      <button type="button" className={styles.noteBack} tabIndex={tabIndex} aria-label={label} title={label} onClick={() => focusOn(refId(id, n))}>
        <IconArrowBackUp className="mirror" size={14} stroke={1.6} aria-hidden="true" />
      </button>
    </li>
  );
}

const noteId = (id: string, n: number) => `${id}note-${n}`;
const refId = (id: string, n: number) => `${id}ref-${n}`;

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}
