import { useEffect, type ReactNode } from 'react';
import { hasOpenLayer } from './layers';
import { PanelIsPage } from './panelContext';
import { useIsPhone } from './useIsPhone';
import styles from './Split.module.css';

export type SplitProps = {
  /** A Pane. */
  main: ReactNode;
  /** A Pane `as="aside"`, or nothing. */
  panel: ReactNode;
  onClosePanel: () => void;
};

/** Main and, if opened by the reader, a panel: beside it on a wide screen, over it up to 1180 px, a page of its own on a
 *  phone. Esc closes the panel unless something lies above it. */
export function Split({ main, panel, onClosePanel }: SplitProps) {
  const isOpen = Boolean(panel);
  const isPhone = useIsPhone();
  useEffect(() => {
    if (!isOpen) return;
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !hasOpenLayer()) onClosePanel();
    };
    addEventListener('keydown', closeOnEscape);
    return () => removeEventListener('keydown', closeOnEscape);
  }, [isOpen, onClosePanel]);

  return (
    <div className={styles.split} data-open={isOpen || undefined}>
      <div className={styles.main}>{main}</div>
      {isOpen && (
        <div className={styles.panel}>
          <PanelIsPage value={isPhone}>{panel}</PanelIsPage>
        </div>
      )}
    </div>
  );
}
