import { problemOf } from '@/api/client';
import styles from './FormError.module.css';
import { useText } from './strings';

/** Why the form was not accepted; nothing while all is well. */
export function FormError({ error }: { error: unknown }) {
  const t = useText();
  if (!error) return null;
  const problem = problemOf(error);
  return (
    <p role="alert" className={styles.error}>
      {problem.status === 0 ? t('broken_unknown') : problem.detail || problem.title}
    </p>
  );
}
