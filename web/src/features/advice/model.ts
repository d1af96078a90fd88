import { formatDateTime, formatTime, type Micros } from '@/lib/time';

const DAY_MS = 86_400_000;
/** In the week that lies ahead a weekday says enough. */
const WEEK_DAYS = 6;

/** "15:30" today, "Thu 12:00" in the week ahead, else with its date; on this device's clock. */
export function sayMoment(at: Micros, now: Micros, locale: string): string {
  const n_days = Math.round((new Date(at / 1000).setHours(0, 0, 0, 0) - new Date(now / 1000).setHours(0, 0, 0, 0)) / DAY_MS);
  if (n_days === 0) return formatTime(at, locale);
  if (n_days < 0 || n_days > WEEK_DAYS) return formatDateTime(at, locale);
  return new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at / 1000);
}

export function isSameDay(one: Micros, other: Micros): boolean {
  return new Date(one / 1000).toDateString() === new Date(other / 1000).toDateString();
}
