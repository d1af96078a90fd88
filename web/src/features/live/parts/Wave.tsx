import styles from './Live.module.css';

/** Three bars that move: the only thing that goes on moving, and not for those who want less of it. */
export function Wave() {
  return (
    <span className={styles.wave} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
