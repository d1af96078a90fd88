import { useText } from '../strings';
import styles from './MessageRow.module.css';

/** In place of what somebody said whom I block. */
export function FoldedMessage({ tabIndex, onShow }: { tabIndex: 0 | -1; onShow: () => void }) {
  const t = useText();
  return (
    <p className={styles.folded}>
      {t('folded')}{' '}
      <button type="button" tabIndex={tabIndex} onClick={onShow}>
        {t('folded_show')}
      </button>
    </p>
  );
}
