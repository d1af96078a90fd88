import { useSyncExternalStore } from 'react';

const minuteMs = 60_000;

/** Now, in microseconds, rounded down to the minute; redraws when it changes. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => Math.floor(Date.now() / minuteMs) * minuteMs * 1000);
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, 5_000);
  return () => clearInterval(timer);
}
