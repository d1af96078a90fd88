/**
 * Asks again for what an event could not say itself, because not everybody may know it. Many hear the same event at once, and
 * such events come in swarms: so each device waits a moment of its own, and asks once for all that came meanwhile.
 */
import { hashKey, type QueryClient, type QueryKey } from '@tanstack/react-query';

const WAIT_MS = 300;
const SPREAD_MS = 700;
const waiting = new Set<string>();

export function askAgain(cache: QueryClient, queryKey: QueryKey): void {
  const hash = hashKey(queryKey);
  if (waiting.has(hash)) return;
  waiting.add(hash);
  setTimeout(
    () => {
      waiting.delete(hash);
      void cache.invalidateQueries({ queryKey });
    },
    WAIT_MS + Math.random() * SPREAD_MS,
  );
}
