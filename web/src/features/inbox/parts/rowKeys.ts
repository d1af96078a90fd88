import type { KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** J, K and the arrows go from row to row over all lists of a screen; E presses what the row is done with. */
export function onRowKeys(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-row], a[data-ask-link]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (at < 0) return;
  const step = STEPS[event.key];
  if (step !== undefined) {
    event.preventDefault();
    rows[at + step]?.focus();
  } else if (event.key === 'e') {
    const done = rows[at]?.closest('li')?.querySelector<HTMLButtonElement>('button[data-done]');
    if (!done) return;
    event.preventDefault();
    (rows[at + 1] ?? rows[at - 1])?.focus();
    done.click();
  }
}
