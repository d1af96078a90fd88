import { use, type ReactNode } from 'react';
import { classes } from '@/lib/classes';
import styles from './Pane.module.css';
import { PanelIsPage } from './panelContext';

export type PaneProps = {
  /** `main` exactly once on a screen; everything beside it is `aside`. */
  as?: 'main' | 'aside';
  label?: string;
  className?: string;
  children: ReactNode;
};

/** A white sheet on the paper. F6 goes from pane to pane by `data-pane`. */
export function Pane({ as = 'main', label, className, children }: PaneProps) {
  const pane = use(PanelIsPage) ? 'main' : as;
  return (
    // A role, not an element of its own: when the window gets narrow a panel becomes the page and keeps what is in it.
    <section
      role={pane === 'main' ? 'main' : 'complementary'}
      className={classes(styles.pane, className)}
      id={pane === 'main' ? 'main' : undefined}
      data-pane={pane}
      tabIndex={-1}
      aria-label={label}
    >
      {children}
    </section>
  );
}
