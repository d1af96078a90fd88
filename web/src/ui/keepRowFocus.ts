/** For the `ref` around lists: where a row goes away with the focus in it, the row that takes its place has it; after the
 *  last one the title of the pane. */
export function keepRowFocus(box: HTMLElement | null) {
  if (!box) return;
  let row: Element | null = null;
  let idx = 0;
  const onFocus = ({ target }: FocusEvent) => {
    row = target instanceof Element ? target.closest('li') : null;
    idx = row ? [...box.querySelectorAll('li')].indexOf(row as HTMLLIElement) : 0;
  };
  const observer = new MutationObserver(() => {
    if (!row || row.isConnected || document.activeElement !== document.body) return;
    row = null;
    const rows = box.querySelectorAll('li');
    const next = rows[Math.min(idx, rows.length - 1)]?.querySelector<HTMLElement>('a, button');
    (next ?? box.closest('[data-pane]')?.querySelector<HTMLElement>('h1'))?.focus();
  });
  box.addEventListener('focusin', onFocus);
  observer.observe(box, { childList: true, subtree: true });
  return () => {
    box.removeEventListener('focusin', onFocus);
    observer.disconnect();
  };
}
