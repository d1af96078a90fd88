/** Short notices at the foot of the window. Only for what cannot be seen otherwise, and for Undo. */
export type Toast = {
  id: number;
  text: string;
  tone: 'calm' | 'urgent';
  action: { label: string; run: () => void } | undefined;
  lastsMs: number;
};

export type ToastOptions = { tone?: Toast['tone']; action?: Toast['action']; lastsMs?: number };

// Undo stays for ten seconds (design guide 4.9); words alone need less.
const actionLastsMs = 10_000;
const wordsLastMs = 6_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

export function showToast(text: string, options: ToastOptions = {}): number {
  const { tone = 'calm', action, lastsMs = action ? actionLastsMs : wordsLastMs } = options;
  lastId += 1;
  // Three at a time are readable; the oldest makes room.
  set([...toasts.slice(-2), { id: lastId, text, tone, action, lastsMs }]);
  return lastId;
}

export function hideToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) set(toasts.filter((toast) => toast.id !== id));
}

export function readToasts(): readonly Toast[] {
  return toasts;
}

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}
