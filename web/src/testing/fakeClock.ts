import type { Clock } from '@/realtime/clock';

/** Time that stands still until it is moved. */
export class FakeClock implements Clock {
  #now_ms = 0;
  #timers: { at_ms: number; run: () => void }[] = [];

  after(wait_ms: number, run: () => void) {
    const timer = { at_ms: this.#now_ms + wait_ms, run };
    this.#timers.push(timer);
    return { cancel: () => (this.#timers = this.#timers.filter((own) => own !== timer)) };
  }

  now(): number {
    return this.#now_ms;
  }

  /** Runs what falls due, in order, and lets promises settle in between. */
  async advance(duration_ms: number): Promise<void> {
    const until_ms = this.#now_ms + duration_ms;
    for (let next = this.#next(until_ms); next; next = this.#next(until_ms)) {
      this.#timers = this.#timers.filter((own) => own !== next);
      this.#now_ms = next.at_ms;
      next.run();
      await settle();
    }
    this.#now_ms = until_ms;
    await settle();
  }

  #next(until_ms: number) {
    return this.#timers.filter(({ at_ms }) => at_ms <= until_ms).sort((a, b) => a.at_ms - b.at_ms)[0];
  }
}

export async function settle(): Promise<void> {
  for (let idx = 0; idx < 20; idx += 1) await Promise.resolve();
}
