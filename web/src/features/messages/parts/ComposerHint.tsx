import { sendsWithCtrl } from '@/lib/keyboardSettings';
import { bytesLeft, MAX_FILES } from '../length';
import { useText } from '../strings';
import styles from './Composer.module.css';

/** One quiet line beside Send: how a line is broken, or how much room is left. */
type ComposerHintProps = { text: string; n_waiting?: number; n_asking?: number; n_files?: number };

export function ComposerHint({ text, n_waiting = 0, n_asking = 0, n_files = 0 }: ComposerHintProps) {
  const t = useText();
  const left = bytesLeft(text);
  const held = n_asking > 0 ? t('files_ask', { count: n_asking }) : n_waiting > 0 ? t('uploading', { count: n_waiting }) : null;
  if (held || n_files > MAX_FILES) {
    return (
      <p className={styles.hint} data-over={n_files > MAX_FILES || undefined} data-always="" role="status">
        {n_files > MAX_FILES ? t('too_many_files') : held}
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
  return <p className={styles.hint}>{text && (sendsWithCtrl() ? t('hint_ctrl') : t('hint_enter'))}</p>;
}
