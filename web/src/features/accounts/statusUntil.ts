/** When a status ends: the choices of the dialog as moments. Plain data. */
export const lengths = ['half_hour', 'hour', 'today', 'date', 'forever'] as const;
export type Length = (typeof lengths)[number];

const MINUTE_MS = 60_000;

/** In microseconds; null: for good, or a date that is none. `date` is "2026-11-30", the day included. */
export function untilOf(length: Length, date: string, now_ms: number): number | null {
  switch (length) {
    case 'half_hour':
      return (now_ms + 30 * MINUTE_MS) * 1000;
    case 'hour':
      return (now_ms + 60 * MINUTE_MS) * 1000;
    case 'today':
      return endOfDay(new Date(now_ms));
    case 'date':
      return endOfDay(new Date(`${date}T00:00`));
    case 'forever':
      return null;
  }
}

/** Midnight on the reader's own clock. */
function endOfDay(day: Date): number | null {
  const end = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
  return Number.isNaN(end) ? null : end * 1000;
}
