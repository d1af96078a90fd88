import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';
import styles from './IconButton.module.css';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'aria-label'> & {
  /** The name of the control; also shown as its tip. */
  label: string;
  size?: 's' | 'm' | 'l';
  children: ReactNode;
};

export function IconButton({ label, size = 'm', className, type, children, ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classes(styles.button, className)}
      data-size={size}
      aria-label={label}
      title={label}
    >
      {children}
    </button>
  );
}
