import styles from './Menu.module.css';

export function MenuLine() {
  return <div role="separator" className={styles.line} />;
}
