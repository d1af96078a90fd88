/** For the `ref` around what comes and goes: where the focus goes away with something in it, the rest of its row has it,
 *  the row that takes its place, or the message or the title of the pane around it. */
export function keepFocus(box: HTMLElement | null) {
  if (!box) return;
  let last: Element | null = null;
  let row: HTMLLIElement | null = null;
  let idx = 0;
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    last = target;
    const closest = target.closest('li');
    row = box.contains(closest) ? closest : null;
    idx = row ? [...box.querySelectorAll('li')].indexOf(row) : -1;
  };
  const goOn = () => {
    const rows = box.querySelectorAll('li');
    const next = idx < 0 ? null : row?.isConnected ? row : rows[Math.min(idx, rows.length - 1)];
    const pane = box.closest('[data-pane]')?.querySelector<HTMLElement>('h1') ?? document.querySelector<HTMLElement>('#main h1');
    (next?.querySelector<HTMLElement>('a, button') ?? box.closest<HTMLElement>('article') ?? pane)?.focus();
  };
  const observer = new MutationObserver(() => {
    if (!last || last.isConnected || document.activeElement !== document.body) return;
    last = null;
    goOn();
  });
  box.addEventListener('focusin', onFocus);
  observer.observe(box, { childList: true, subtree: true });
  return () => {
    box.removeEventListener('focusin', onFocus);
    observer.disconnect();
    // It goes as a whole; what is around it stays.
    if (!box.contains(document.activeElement)) return;
    row = null;
    idx = -1;
    goOn();
  };
}
