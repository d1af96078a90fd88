import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';

export type Listbox = {
  activeIdx: number;
  setActiveIdx: (idx: number) => void;
  /** For the text field. */
  input: {
    role: 'combobox';
    'aria-expanded': boolean;
    'aria-controls': string;
    'aria-autocomplete': 'list';
    'aria-activedescendant': string | undefined;
    autoComplete: 'off';
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  };
  /** For the list. */
  listId: string;
  /** For the option at this place. */
  optionId: (idx: number) => string;
};

export type ListboxOptions = {
  n_options: number;
  onChoose: (idx: number) => void;
  /** Keys that the list does not use. */
  onOtherKey?: (event: KeyboardEvent<HTMLInputElement>) => void;
};

/** A text field that chooses from a list below it: focus stays in the field, arrows move through the list (ARIA combobox). */
export function useListbox({ n_options, onChoose, onOtherKey }: ListboxOptions): Listbox {
  const id = useId();
  const [chosenIdx, setActiveIdx] = useState(0);
  const activeIdx = Math.min(chosenIdx, n_options - 1);
  const optionId = (idx: number) => `${id}option${idx}`;
  const isKeyMove = useRef(false);

  useEffect(() => {
    if (isKeyMove.current) document.getElementById(`${id}option${activeIdx}`)?.scrollIntoView({ block: 'nearest' });
    isKeyMove.current = false;
  }, [id, activeIdx]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const next = nextIdx(event.key, activeIdx, n_options);
    if (next !== null) {
      event.preventDefault();
      isKeyMove.current = true;
      setActiveIdx(next);
    } else if (event.key === 'Enter' && activeIdx >= 0) {
      event.preventDefault();
      onChoose(activeIdx);
    } else onOtherKey?.(event);
  }

  return {
    activeIdx,
    setActiveIdx,
    listId: `${id}list`,
    optionId,
    input: {
      role: 'combobox',
      'aria-expanded': n_options > 0,
      'aria-controls': `${id}list`,
      'aria-autocomplete': 'list',
      'aria-activedescendant': activeIdx >= 0 ? optionId(activeIdx) : undefined,
      autoComplete: 'off',
      onKeyDown,
    },
  };
}

function nextIdx(key: string, idx: number, n_options: number): number | null {
  if (n_options === 0) return null;
  if (key === 'ArrowDown') return (idx + 1) % n_options;
  if (key === 'ArrowUp') return (idx - 1 + n_options) % n_options;
  return null;
}
