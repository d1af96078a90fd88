import styles from './Skeleton.module.css';
import { useText } from './strings';

/** The shape of rows that are on their way: a face and two lines each. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  const t = useText();
  return (
    <div className={styles.skeleton} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, idx) => (
        <div key={idx} className={styles.row}>
          <i />
          <span>
            <i />
            <i />
          </span>
        </div>
      ))}
    </div>
  );
}
