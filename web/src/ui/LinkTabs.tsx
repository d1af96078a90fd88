import { Link, type LinkProps } from '@tanstack/react-router';
import styles from './LinkTabs.module.css';

export type LinkTab = { key: string; label: string } & Pick<LinkProps, 'to' | 'params' | 'search'>;

/** Parts of one place, each with its own address; links, so that each can be opened and shared. */
export function LinkTabs({ label, current, tabs }: { label: string; current: string; tabs: readonly LinkTab[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ key, label: name, ...place }) => (
        <Link key={key} {...place} replace activeProps={{}} className={styles.tab} aria-current={key === current ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
