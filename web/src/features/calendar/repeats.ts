/** How a meeting repeats, between the fields of a form and the wire. */
import type { Repeats } from '@/api/types';

export type Repeating = { every: 'once' | '1' | '2' | '4'; times: string; turns: boolean };

export const MAX_TIMES = 48;
export const once: Repeating = { every: 'once', times: '12', turns: false };

/** Nothing for a meeting that is once. */
export function repeatsOf({ every, times, turns }: Repeating): { repeats?: Repeats } {
  if (every === 'once') return {};
  const n_times = /^\d+$/.test(times) ? Math.min(Number(times), 255) : 0;
  return { repeats: { every_weeks: Number(every), times: n_times, turns } };
}
