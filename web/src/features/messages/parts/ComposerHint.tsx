import { sendsWithCtrl } from '@/lib/keyboardSettings';
import { bytesLeft } from '../length';
import { useText } from '../strings';
import styles from './Composer.module.css';

/** One quiet line beside Send: how a line is broken, or how much room is left. */
export function ComposerHint({ text }: { text: string }) {
  const t = useText();
  const left = bytesLeft(text);
  if (left !== null) {
    return (
      <p className={styles.hint} data-over={left < 0 || undefined} data-always="" role="status">
        {left < 0 ? t('over_length', { count: -left }) : t('left', { count: left })}
      </p>
    );
  }
  return <p className={styles.hint}>{text && (sendsWithCtrl() ? t('hint_ctrl') : t('hint_enter'))}</p>;
}
