import { useState, type ReactNode } from 'react';
import { SearchField } from '@/ui/SearchField';
import { useListbox } from '@/ui/useListbox';
import styles from './TargetList.module.css';

export type TargetOption = { key: string; name: string; note?: string; icon: ReactNode };

export type TargetListProps = {
  label: string;
  options: readonly TargetOption[];
  value: string | null;
  onChange: (key: string) => void;
  /** When nothing has that name. */
  none: string;
};

// More rows than fit help nobody; one more letter does.
const MAX_SHOWN = 40;

/** Choosing one place by name: a field and the list below it. */
export function TargetList({ label, options, value, onChange, none }: TargetListProps) {
  const [text, setText] = useState('');
  const wanted = fold(text);
  const found = options.filter(({ name }) => fold(name).includes(wanted)).slice(0, MAX_SHOWN);
  const list = useListbox({
    n_options: found.length,
    onChoose: (idx) => {
      const option = found[idx];
      if (option) onChange(option.key);
    },
  });
  return (
    <div>
      <SearchField label={label} value={text} onChange={setText} data-autofocus="" {...list.input} />
      {found.length === 0 && <p className={styles.none}>{none}</p>}
      <ul id={list.listId} role="listbox" aria-label={label} className={styles.list}>
        {found.map((option, idx) => (
          <li
            key={option.key}
            id={list.optionId(idx)}
            role="option"
            aria-selected={option.key === value}
            data-active={idx === list.activeIdx || undefined}
            className={styles.option}
            onMouseEnter={() => list.setActiveIdx(idx)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChange(option.key)}
          >
            {option.icon}
            <b>
              <bdi>{option.name}</bdi>
            </b>
            {option.note && (
              <small>
                <bdi>{option.note}</bdi>
              </small>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without case and accents. */
function fold(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
