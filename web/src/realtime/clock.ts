/** Time as the socket and the outbox see it, so that tests turn the hands themselves. */
export type Timer = { cancel: () => void };
export type Clock = { after: (wait_ms: number, run: () => void) => Timer };

export const systemClock: Clock = {
  after: (wait_ms, run) => {
    const handle = setTimeout(run, wait_ms);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** Waits double from `first_ms` up to `max_ms`; the random half keeps many clients from coming back at the same moment. */
export function backoff_ms(n_failures: number, first_ms: number, max_ms: number, random: number): number {
  const wait_ms = Math.min(max_ms, first_ms * 2 ** Math.min(n_failures, 16));
  return wait_ms * (0.5 + random / 2);
}
