import { IconX } from '@tabler/icons-react';
import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton';
import { useText } from './strings';

export type DialogProps = {
  title: string;
  /** One sentence under the title. */
  hint?: ReactNode;
  size?: 's' | 'm' | 'l';
  /** Called for Esc, the close button and a click beside the dialog. Unmount the dialog in answer. */
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot; the strongest last. */
  actions?: ReactNode;
};

/** A modal on the browser's own <dialog>: focus stays inside, Esc closes, focus goes back to where it was.
 *  Put `data-autofocus` on the field that should have focus first; else the title has it. */
export function Dialog({ title, hint, size = 'm', onClose, children, actions }: DialogProps) {
  const t = useText();
  const titleId = useId();
  const box = useRef<HTMLDialogElement>(null);

  // A layout effect: its undo runs while the dialog is still in the page, where closing gives focus back.
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    const first = dialog?.querySelector<HTMLElement>('[data-autofocus]') ?? dialog?.querySelector('h2');
    first?.focus();
    return () => dialog?.close();
  }, []);

  function closeIfBeside(event: MouseEvent) {
    if (event.target === box.current) onClose();
  }

  return (
    <dialog
      ref={box}
      className={styles.dialog}
      data-size={size}
      aria-labelledby={titleId}
      onMouseDown={closeIfBeside}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === box.current) onClose();
      }}
    >
      <div className={styles.sheet}>
        <header className={styles.head}>
          <div>
            <h2 id={titleId} tabIndex={-1}>
              {title}
            </h2>
            {hint && <p>{hint}</p>}
          </div>
          <IconButton label={t('close')} onClick={onClose}>
            <IconX size={20} stroke={1.6} aria-hidden="true" />
          </IconButton>
        </header>
        <div className={styles.body}>{children}</div>
        {actions && <footer className={styles.foot}>{actions}</footer>}
      </div>
    </dialog>
  );
}
