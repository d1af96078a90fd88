/** How long a link may last, in the words of the person who chooses. */
import type { useText } from './strings';

const hour_s = 3600;
const day_s = 24 * hour_s;

export const PERIODS_S = [hour_s, 4 * hour_s, day_s, 7 * day_s, 30 * day_s] as const;

export function periodOptions(t: ReturnType<typeof useText>): { value: string; label: string }[] {
  return PERIODS_S.map((seconds) => ({
    value: String(seconds),
    label: seconds < day_s ? t('n_hours', { count: seconds / hour_s }) : t('n_days', { count: seconds / day_s }),
  }));
}
