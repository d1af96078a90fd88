/** Asking for the small card of somebody, from anywhere a name stands; the shell shows it. */

export type Asked = { id: string; anchor: Element };
let show: ((asked: Asked) => void) | null = null;

export function askForPersonCard(id: string, anchor: Element): void {
  show?.({ id, anchor });
}

/** Who shows it. Returns its undo. */
export function onPersonCard(handler: (asked: Asked) => void): () => void {
  show = handler;
  return () => {
    show = null;
  };
}
