import type { ReactNode } from 'react';
import styles from './State.module.css';

export type EmptyStateProps = {
  icon?: ReactNode;
  /** One line: what belongs here. */
  text: string;
  /** One action that puts something here. */
  action?: ReactNode;
};

export function EmptyState({ icon, text, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {icon && <span className={styles.icon}>{icon}</span>}
      <p>{text}</p>
      {action}
    </div>
  );
}
