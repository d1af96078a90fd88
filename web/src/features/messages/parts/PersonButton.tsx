import type { ReactNode } from 'react';
import type { Id } from '@/api/types';
import { askForPersonCard } from '@/lib/personCard';
import { useIsActive } from './activeRow';
import styles from './PersonButton.module.css';

/** What stands for somebody in a row; a press shows who that is. `isSecond`: the name beside it does the same. */
export function PersonButton({ id, isSecond = false, children }: { id: Id; isSecond?: boolean; children: ReactNode }) {
  const isActive = useIsActive();
  return (
    <button
      type="button"
      className={styles.person}
      aria-haspopup={isSecond ? undefined : 'dialog'}
      aria-hidden={isSecond || undefined}
      tabIndex={isActive && !isSecond ? 0 : -1}
      onClick={(event) => askForPersonCard(id, event.currentTarget)}
    >
      {children}
    </button>
  );
}
