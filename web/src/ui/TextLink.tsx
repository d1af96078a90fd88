import { classes } from '@/lib/classes';
import { Link, type LinkProps } from '@/router/Link';
import styles from './TextLink.module.css';

/** A link in words, to a place in the app. */
export function TextLink({ className, ...link }: LinkProps) {
  return <Link {...link} className={classes(styles.link, className)} />;
}
