/** Keyboard of menus: arrows go round, Home and End jump, a letter goes to the next item that begins with it. */
export function moveFocus(menu: HTMLElement, key: string): boolean {
  const items = focusableItems(menu);
  const target = nextItem(items, items.findIndex((item) => item === document.activeElement), key);
  target?.focus();
  return target !== undefined;
}

export function focusableItems(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])')];
}

function nextItem(items: HTMLElement[], current: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(current + 1) % items.length];
    case 'ArrowUp':
      return items[(Math.max(current, 0) - 1 + items.length) % items.length];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return key.length === 1 && key !== ' ' ? itemStartingWith(items, current, key) : undefined;
  }
}

function itemStartingWith(items: HTMLElement[], current: number, letter: string): HTMLElement | undefined {
  const ordered = [...items.slice(current + 1), ...items.slice(0, current + 1)];
  return ordered.find((item) => item.textContent.trim().toLocaleLowerCase().startsWith(letter.toLocaleLowerCase()));
}
