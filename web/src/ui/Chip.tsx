import type { ReactNode } from 'react';
import styles from './Chip.module.css';

export type ChipTone = 'calm' | 'accent' | 'live' | 'due' | 'urgent';

/** A small fact in words. Colour only repeats what the words say. */
export function Chip({ tone = 'calm', icon, children }: { tone?: ChipTone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={styles.chip} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
