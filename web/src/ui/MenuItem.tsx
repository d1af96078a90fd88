import { use, type ReactNode } from 'react';
import styles from './Menu.module.css';
import { MenuContext } from './menuContext';

export type MenuItemProps = {
  icon?: ReactNode;
  tone?: 'danger';
  /** Set for an item that is one of several choices or can be on or off. */
  checked?: boolean;
  disabled?: boolean;
  hint?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
};

export function MenuItem({ icon, tone, checked, disabled, hint, onSelect, children }: MenuItemProps) {
  const close = use(MenuContext);
  function select() {
    if (disabled) return;
    // Closing first gives focus back to the trigger, so that a dialog opened now returns it there too.
    close();
    onSelect();
  }
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={checked}
      aria-disabled={disabled || undefined}
      tabIndex={-1}
      className={styles.item}
      data-tone={tone}
      onClick={select}
    >
      <span className={styles.icon}>{icon}</span>
      <span className={styles.text}>{children}</span>
      {hint && <span className={styles.hint}>{hint}</span>}
      {checked && <span className={styles.tick} aria-hidden="true" />}
    </button>
  );
}
