import { currentLocale } from '@/i18n/core';
import { formatSeconds } from '@/lib/time';
import { sendsWithCtrl } from '@/lib/keyboardSettings';
import { bytesLeft, MAX_FILES } from '../length';
import { useText } from '../strings';
import styles from './Composer.module.css';

/** One quiet line beside Send: how a line is broken, or how much room is left. */
type ComposerHintProps = { text: string; n_waiting?: number; n_files?: number; slow?: { slow_s: number; wait_s: number } | null };

export function ComposerHint({ text, n_waiting = 0, n_files = 0, slow = null }: ComposerHintProps) {
  const t = useText();
  const left = bytesLeft(text);
  if (n_waiting > 0 || n_files > MAX_FILES) {
    return (
      <p className={styles.hint} data-over={n_files > MAX_FILES || undefined} data-always="" role="status">
        {n_files > MAX_FILES ? t('too_many_files') : t('uploading', { count: n_waiting })}
      </p>
    );
  }
  if (left !== null) {
    return (
      <p className={styles.hint} data-over={left < 0 || undefined} data-always="" role="status">
        {left < 0 ? t('over_length', { count: -left }) : t('left', { count: left })}
      </p>
    );
  }
  if (slow) {
    const pause = formatSeconds(slow.slow_s, currentLocale());
    return (
      <p className={styles.hint} data-always="">
        {slow.wait_s > 0 ? t('slow_wait', { pause, time: formatSeconds(slow.wait_s, currentLocale()) }) : t('slow', { pause })}
      </p>
    );
  }
  return <p className={styles.hint}>{text && (sendsWithCtrl() ? t('hint_ctrl') : t('hint_enter'))}</p>;
}
