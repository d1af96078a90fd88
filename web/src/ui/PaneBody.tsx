import type { ReactNode } from 'react';
import styles from './Pane.module.css';

/** The scrolling part of a pane. Focusable only through its content. */
export function PaneBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}
