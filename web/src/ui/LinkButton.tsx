import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';
import { Link } from '@/router/Link';
import type { LinkTarget } from '@/router/useLink';
import type { ButtonTone } from './Button';
import styles from './Button.module.css';

export type LinkButtonProps = LinkTarget &
  Omit<ComponentProps<'a'>, 'href' | 'onClick'> & { tone?: ButtonTone; size?: 'm' | 's'; icon?: ReactNode };

/** Looks like a button, goes to a place. */
export function LinkButton({ tone = 'soft', size = 'm', icon, className, children, ...link }: LinkButtonProps) {
  return (
    <Link {...link} className={classes(styles.button, className)} data-tone={tone} data-size={size}>
      {icon}
      <span>{children}</span>
    </Link>
  );
}
