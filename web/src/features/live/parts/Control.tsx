import type { ReactNode } from 'react';
import styles from './Live.module.css';

type ControlProps = { icon: ReactNode; label: string; shortcut?: string; isOn?: boolean; isDanger?: boolean; onPress: () => void };

/** An icon and its word. `isOn` where pressing it again takes it back. */
export function Control({ icon, label, shortcut, isOn, isDanger, onPress }: ControlProps) {
  return (
    <button type="button" className={styles.control} aria-pressed={isOn} aria-keyshortcuts={shortcut} data-danger={isDanger || undefined} onClick={onPress}>
      {icon}
      <span>{label}</span>
    </button>
  );
}
