import type { ReactNode } from 'react';
import styles from './CardList.module.css';

/** Rows in a bordered sheet, at most 820 px wide. Children are CardRow. */
export function CardList({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}
