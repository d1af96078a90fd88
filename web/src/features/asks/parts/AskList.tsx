import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { AskItem, Id } from '@/api/types';
import { AskRow } from './AskRow';
import styles from './Asks.module.css';

type AskListProps = {
  items: readonly AskItem[];
  label: string;
  me_id: Id;
  /** What another feature says of some of them, by message. */
  chips?: ReadonlyMap<Id, ReactNode>;
};

/** Arrows, J and K go from row to row; Enter opens, E says that it is answered or done. */
export function AskList({ items, label, me_id, chips }: AskListProps) {
  const list = useRef<HTMLUListElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const links = [...(list.current?.querySelectorAll<HTMLElement>('a[data-ask-link]') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    if (step === undefined || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    // At an end of the list the keys are for what stands around it.
    const next = links[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <ul ref={list} className={styles.list} aria-label={label} onKeyDown={onKey}>
      {items.map((item) => (
        <AskRow key={item.ask.message_id} item={item} me_id={me_id} chip={chips?.get(item.ask.message_id)} />
      ))}
    </ul>
  );
}
