/** Times of office hours. Plain data in, plain data out. */

const DAY_MS = 86_400_000;

/** The next moment at which a clock shows `HH:MM`, in microseconds. None: that is no time. */
export function nextAt(clock: string, now_ms: number): number | null {
  const [hours, minutes] = clock.split(':').map(Number);
  if (hours === undefined || minutes === undefined || !Number.isInteger(hours) || !Number.isInteger(minutes)) return null;
  const at = new Date(now_ms);
  at.setHours(hours, minutes, 0, 0);
  return (at.getTime() <= now_ms ? at.getTime() + DAY_MS : at.getTime()) * 1000;
}

/** What a clock shows so many minutes from now, on the full five. */
export function clockIn(minutes: number, now_ms: number): string {
  const at = new Date(Math.ceil((now_ms + minutes * 60_000) / 300_000) * 300_000);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

/** How long a break is proposed to last: an hour, or half of what is left until the end (in microseconds). */
export function breakMinutes(until_us: number, now_ms: number): number {
  return Math.max(0, Math.min(60, (until_us / 1000 - now_ms) / 120_000));
}
