import { Link } from '@/router/Link';
import type { Target } from '@/router/paths';
import styles from './LinkTabs.module.css';

export type LinkTab = { key: string; label: string; target: Target };

/** Parts of one place, each with its own address; links, so that each can be opened and shared. */
export function LinkTabs({ label, current, tabs }: { label: string; current: string; tabs: readonly LinkTab[] }) {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ key, label: name, target }) => (
        <Link key={key} {...target} replace className={styles.tab} aria-current={key === current ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
