import { currentLocale } from '@/i18n/core';
import { formatClockIn } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';

/** What the clock shows where that person is. */
export function LocalTime({ timeZone, children }: { timeZone: string; children: (clock: string) => string }) {
  const clock = formatClockIn(timeZone, useMinute(), currentLocale());
  return clock ? <>{children(clock)}</> : null;
}
