import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/ui/IconButton';
import styles from './Composer.module.css';

type ComposerBarProps = { children: ReactNode; closeLabel: string; onClose: () => void; actions?: ReactNode };

/** A line on top of the composer that says what is about to happen, with its way out. */
export function ComposerBar({ children, closeLabel, onClose, actions }: ComposerBarProps) {
  return (
    <div className={styles.bar}>
      <span className={styles.grow}>{children}</span>
      {actions}
      <IconButton label={closeLabel} size="s" onClick={onClose}>
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
