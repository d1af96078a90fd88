import { useId, type ReactNode } from 'react';
import styles from './Section.module.css';

export type SectionProps = { title: string; hint?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A titled part of a reading or settings screen. */
export function Section({ title, hint, actions, children }: SectionProps) {
  const titleId = useId();
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <header className={styles.head}>
        <div>
          <h2 id={titleId}>{title}</h2>
          {hint && <p>{hint}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
