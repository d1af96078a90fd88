import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';
import styles from './Button.module.css';

export type ButtonTone = 'primary' | 'soft' | 'plain' | 'outline' | 'danger';

export type ButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  tone?: ButtonTone;
  size?: 'm' | 's';
  icon?: ReactNode;
  /** Work is under way: stays focusable, ignores clicks, says so to assistive tools. */
  busy?: boolean;
  children: ReactNode;
};

export function Button({ tone = 'soft', size = 'm', icon, busy, className, onClick, type, children, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classes(styles.button, className)}
      data-tone={tone}
      data-size={size}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
    >
      {icon}
      <span>{children}</span>
    </button>
  );
}
