/** To which decision somebody is objecting: the dialog stands with the shell, for the row of the message goes when it is scrolled away. */
import type { Id } from '@/api/types';

export type Objecting = { channel_id: Id; live_id: Id };

let objecting: Objecting | null = null;
const listeners = new Set<() => void>();

export function object(to: Objecting | null): void {
  objecting = to;
  for (const listener of listeners) listener();
}

export const readObjecting = (): Objecting | null => objecting;

export function subscribeToObjecting(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
