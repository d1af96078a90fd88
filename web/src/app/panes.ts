/** F6 goes round the visible panes; each remembers nothing, its first useful element takes focus. */
export function focusNextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.checkVisibility({ visibilityProperty: true }));
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(current + step + panes.length) % panes.length];
  const title = next?.querySelector<HTMLElement>('h1[tabindex], h2[tabindex]');
  const selected = next?.querySelector<HTMLElement>('a[aria-current]');
  (title ?? selected ?? next)?.focus();
}
