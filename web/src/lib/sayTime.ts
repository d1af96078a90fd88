const DAY_US = 24 * 3_600_000_000;

/** "Mon 13:00" within the next days, "4 Dec, 13:00" after; on the clock of the locale, as everywhere. */
export function sayTime(at: number, now: number, locale: string, timeZone?: string): string {
  const isSoon = Math.abs(at - now) < 6 * DAY_US;
  const day: Intl.DateTimeFormatOptions = isSoon ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(locale, { ...day, hour: '2-digit', minute: '2-digit', ...(timeZone && { timeZone }) }).format(new Date(at / 1000));
}
