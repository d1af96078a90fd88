import { useState, type ReactNode } from 'react';
import { useText } from '../strings';
import { useIsActive } from './activeRow';
import styles from './Markup.module.css';

/** Hidden until the reader asks: also from a screen reader, which is told the text when it is shown. */
export function Spoiler({ children }: { children: ReactNode }) {
  const t = useText();
  const [isShown, setShown] = useState(false);
  const tabIndex = useIsActive() ? 0 : -1;
  return (
    <span className={styles.spoiler} data-shown={isShown || undefined}>
      {!isShown && (
        <>
          <button type="button" aria-label={t('spoiler_show')} title={t('spoiler_show')} tabIndex={tabIndex} onClick={() => setShown(true)} />
          {/* Holds the place, so that nothing moves when it is shown. */}
          <span className={styles.veiled} aria-hidden="true" inert>
            {children}
          </span>
        </>
      )}
      <span role="status">{isShown && children}</span>
    </span>
  );
}
