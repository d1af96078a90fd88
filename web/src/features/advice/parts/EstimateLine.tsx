import type { TalkEstimate } from '@/api/types';
import { currentLocale, formatNumber } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { sayMoment } from '../model';
import { useText } from '../strings';

/** "In writing: Thu 12:00 (3 working days) · live: 15:30, 0.5 person-hours". */
export function EstimateLine({ estimate }: { estimate: TalkEstimate }) {
  const t = useText();
  const now = useMinute();
  const locale = currentLocale();
  const { by_text, working_days, live, person_minutes } = estimate;
  const when = by_text === null ? null : sayMoment(by_text, now, locale);
  const hours = Math.round(person_minutes / 6) / 10;
  return (
    <>
      {when !== null && (working_days > 0 ? t('in_writing', { count: working_days, when }) : t('in_writing_today', { when }))}
      {when !== null && ' · '}
      {live === null ? t('live_never') : t('live', { count: hours, when: sayMoment(live, now, locale), hours: formatNumber(hours) })}
    </>
  );
}
