import { useText } from '../strings';
import styles from './Dividers.module.css';

export function NewLine() {
  const t = useText();
  return (
    <div className={styles.fresh}>
      <span>{t('new_line')}</span>
    </div>
  );
}
