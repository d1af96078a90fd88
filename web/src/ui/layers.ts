/** True while a dialog or menu lies over the page: Esc and single-key shortcuts belong to it. Toasts do not count. */
export function hasOpenLayer(): boolean {
  return document.querySelector('dialog[open], [popover="auto"]:popover-open') !== null;
}

/** True when a key is text for a field and must not run a shortcut. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
