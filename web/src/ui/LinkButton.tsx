import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from '@/lib/classes';
import type { ButtonTone } from './Button';
import styles from './Button.module.css';

type AnchorProps = ComponentProps<'a'> & { tone?: ButtonTone; size?: 'm' | 's'; icon?: ReactNode };

function Anchor({ tone = 'soft', size = 'm', icon, className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={classes(styles.button, className)} data-tone={tone} data-size={size}>
      {icon}
      <span>{children}</span>
    </a>
  );
}

/** Looks like a button, goes to a place. */
export const LinkButton = createLink(Anchor);
