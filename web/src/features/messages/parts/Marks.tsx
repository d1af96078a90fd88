import { IconBookmarkFilled, IconPinFilled } from '@tabler/icons-react';
import type { Message } from '@/api/types';
import { useText } from '../strings';
import styles from './Marks.module.css';

const LOOK = { size: 12, 'aria-hidden': true } as const;

/** What was done with a message, in words: pinned for all, kept by me. */
export function Marks({ message }: { message: Message }) {
  const t = useText();
  return (
    <p className={styles.marks}>
      {message.pinned && (
        <span>
          <IconPinFilled {...LOOK} />
          {t('pinned')}
        </span>
      )}
      {message.saved && (
        <span>
          <IconBookmarkFilled {...LOOK} />
          {t('saved_for_later')}
        </span>
      )}
    </p>
  );
}
