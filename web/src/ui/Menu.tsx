import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import styles from './Menu.module.css';
import { MenuContext } from './menuContext';
import { focusableItems, moveFocus } from './menuFocus';
import { placeBeside, type Align } from './place';

/** What the trigger button must spread onto itself. */
export type MenuTriggerProps = {
  id: string;
  popoverTarget: string;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
};

export type MenuProps = {
  label: string;
  align?: Align;
  trigger: (props: MenuTriggerProps) => ReactNode;
  /** MenuItem, MenuLine and MenuHeading; built only while the menu is open. */
  children: ReactNode;
  onOpenChange?: (open: boolean) => void;
};

/** A menu on the browser's own popover: top layer, light dismiss, Esc and the return of focus come from it. */
export function Menu({ label, align = 'start', trigger, children, onOpenChange }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const triggerId = `${id}trigger`;

  // Items that come with a chunk of their own make it grow.
  useEffect(() => {
    const menu = box.current;
    if (!open || !menu) return;
    const observer = new ResizeObserver(() => {
      const anchor = document.getElementById(triggerId);
      if (anchor) placeBeside(menu, anchor, align);
    });
    observer.observe(menu);
    return () => observer.disconnect();
  }, [open, align, triggerId]);

  function onToggle(isOpen: boolean) {
    setOpen(isOpen);
    onOpenChange?.(isOpen);
    if (!isOpen) return;
    requestAnimationFrame(() => {
      if (begin()) return;
      // The items come with a chunk of their own that is still on its way.
      const observer = new MutationObserver(() => begin() && observer.disconnect());
      if (box.current) observer.observe(box.current, { childList: true, subtree: true });
    });
  }

  /** True once there is an item that has the focus now, or nothing is open any more. */
  function begin(): boolean {
    const anchor = document.getElementById(triggerId);
    if (!box.current?.matches(':popover-open') || !anchor) return true;
    placeBeside(box.current, anchor, align);
    const items = focusableItems(box.current);
    // Whoever was faster than the frame keeps what they chose.
    if (items.some((item) => item === document.activeElement)) return true;
    items[0]?.focus();
    return items.length > 0;
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === 'Tab') box.current?.hidePopover();
    else if (box.current && moveFocus(box.current, event.key)) event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      {trigger({ id: triggerId, popoverTarget: id, 'aria-haspopup': 'menu', 'aria-expanded': open })}
      <div
        ref={box}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={styles.menu}
        onToggle={(event) => onToggle(event.newState === 'open')}
        onKeyDown={onKeyDown}
      >
        <MenuContext value={() => box.current?.hidePopover()}>{open && children}</MenuContext>
      </div>
    </>
  );
}
