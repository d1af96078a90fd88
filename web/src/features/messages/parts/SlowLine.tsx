import { currentLocale } from '@/i18n/core';
import { formatSeconds } from '@/lib/time';
import { useText } from '../strings';
import styles from './Composer.module.css';

/** Where people wait between their messages: how long, and when the next one goes out. */
export function SlowLine({ slow_s, wait_s }: { slow_s: number; wait_s: number }) {
  const t = useText();
  const pause = formatSeconds(slow_s, currentLocale());
  return (
    <p className={styles.slow}>
      {wait_s > 0 ? t('slow_wait', { pause, time: formatSeconds(wait_s, currentLocale()) }) : t('slow', { pause })}
    </p>
  );
}
