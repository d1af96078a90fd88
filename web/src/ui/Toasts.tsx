import { IconX } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type FocusEvent } from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from './IconButton';
import { useText } from './strings';
import { hideToast, readToasts, subscribeToToasts, type Toast } from './toast';
import styles from './Toasts.module.css';

/** The one place where toasts appear; mounted by the app. It lies beside what one writes on (Toasts.module.css), F6 leads
 *  into it, and nothing goes away under a hand or the focus. */
export function Toasts() {
  const t = useText();
  const toasts = useSyncExternalStore(subscribeToToasts, readToasts);
  const box = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement | null>(null);
  const [isHeld, setHeld] = useState(false);

  // A manual popover, shown again for each toast, stands above menus and dialogs. It is never hidden for longer: readers
  // announce what is added to a region that they know.
  useLayoutEffect(() => {
    const region = box.current;
    if (region?.matches(':popover-open')) region.hidePopover();
    region?.showPopover();
  }, [toasts]);

  function onFocus({ target, relatedTarget }: FocusEvent<HTMLElement>) {
    setHeld(true);
    if (relatedTarget instanceof HTMLElement && !box.current?.contains(relatedTarget)) cameFrom.current = relatedTarget;
    else if (target === box.current) cameFrom.current = null;
  }

  /** Focus goes back to where it was, or to the title of the page; never on to the next toast, whose Undo a second Enter
   *  would press. */
  function close(toast: Toast, run?: () => void) {
    const hadFocus = box.current?.contains(document.activeElement);
    flushSync(() => hideToast(toast.id));
    if (hadFocus) {
      const back = cameFrom.current?.isConnected ? cameFrom.current : document.querySelector<HTMLElement>('#main h1');
      back?.focus();
    }
    run?.();
  }

  return (
    <section
      ref={box}
      popover="manual"
      className={styles.toasts}
      aria-label={t('notices')}
      aria-live="polite"
      tabIndex={-1}
      data-pane={toasts.length > 0 ? 'notices' : undefined}
      onFocus={onFocus}
      onBlur={() => setHeld(false)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <Row key={toast.id} toast={toast} isHeld={isHeld} onClose={(run) => close(toast, run)} />
      ))}
    </section>
  );
}

/** A modal dialog takes all clicks: what can be pressed waits until it is closed. */
const isBehindDialog = () => document.querySelector('dialog:modal') !== null;

type RowProps = { toast: Toast; isHeld: boolean; onClose: (run?: () => void) => void };

function Row({ toast: { id, text, tone, action, lastsMs }, isHeld, onClose }: RowProps) {
  const t = useText();
  const canAct = action !== undefined;
  useEffect(() => {
    if (isHeld) return;
    let timer = setTimeout(goOrStay, lastsMs);
    function goOrStay() {
      if (canAct && isBehindDialog()) timer = setTimeout(goOrStay, lastsMs);
      else hideToast(id);
    }
    return () => clearTimeout(timer);
  }, [id, lastsMs, isHeld, canAct]);
  return (
    <div className={styles.toast} data-tone={tone}>
      <span>{text}</span>
      {action && (
        <button type="button" className={styles.action} onClick={() => onClose(action.run)}>
          {action.label}
        </button>
      )}
      <IconButton label={t('close')} onClick={() => onClose()}>
        <IconX size={16} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
