import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { IconButton } from './IconButton';
import { useText } from './strings';
import { hideToast, readToasts, subscribeToToasts } from './toast';
import styles from './Toasts.module.css';

/** The one place where toasts appear; mounted by the shell. */
export function Toasts() {
  const t = useText();
  const toasts = useSyncExternalStore(subscribeToToasts, readToasts);
  const box = useRef<HTMLElement>(null);

  // A manual popover, shown again for each toast, stands above menus and dialogs.
  useEffect(() => {
    const region = box.current;
    if (!region || toasts.length === 0) return;
    region.showPopover();
    return () => region.hidePopover();
  }, [toasts]);

  return (
    <section ref={box} popover="manual" className={styles.toasts} aria-label={t('notices')} aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                hideToast(toast.id);
                toast.action?.run();
              }}
            >
              {toast.action.label}
            </button>
          )}
          <IconButton label={t('close')} onClick={() => hideToast(toast.id)}>
            <IconX size={16} stroke={1.6} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
