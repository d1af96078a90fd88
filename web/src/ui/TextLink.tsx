import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { classes } from '@/lib/classes';
import styles from './TextLink.module.css';

function Anchor({ className, ...rest }: ComponentProps<'a'>) {
  return <a {...rest} className={classes(styles.link, className)} />;
}

/** A link in words, to a place in the app. */
export const TextLink = createLink(Anchor);
