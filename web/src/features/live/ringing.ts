/** Who rings, until it is answered or has rung for long enough. Plain data: what draws and sounds it comes when it is needed. */
import type { LiveRang } from '@/api/types';

let ringing: LiveRang | null = null;
const listeners = new Set<() => void>();

export function ring(rang: LiveRang | null): void {
  ringing = rang;
  for (const listener of listeners) listener();
}

export const readRinging = (): LiveRang | null => ringing;

export function subscribeToRinging(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
