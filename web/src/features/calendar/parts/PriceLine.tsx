import type { MeetingPreview } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sayMinutes } from '../model';
import { useText } from '../strings';
import styles from './Schedule.module.css';

/** What it costs everybody together, beside the button that sends it. */
export function PriceLine({ preview }: { preview: MeetingPreview | undefined }) {
  const t = useText();
  const locale = currentLocale();
  if (!preview) return null;
  const n_nights = preview.costs.filter(({ is_night }) => is_night).length;
  return (
    <div className={styles.price} role="status">
      <p>
        <b>{t('price', { time: sayMinutes(preview.person_minutes, locale) })}</b>
        {preview.yearly_minutes !== null && <> {t('price_year', { time: sayMinutes(preview.yearly_minutes, locale) })}</>}
      </p>
      {n_nights > 0 && <p>{t('price_nights', { count: n_nights })}</p>}
    </div>
  );
}
