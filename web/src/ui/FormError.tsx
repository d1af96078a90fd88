import { problemOf } from '@/api/client';
import styles from './FormError.module.css';
import { useText } from './strings';

/** Why the form was not accepted; nothing while all is well. */
export function FormError({ error }: { error: unknown }) {
  const t = useText();
  if (!error) return null;
  const problem = problemOf(error);
  return (
    <p ref={show} role="alert" className={styles.error}>
      {problem.status === 0 ? t('broken_unknown') : problem.detail || problem.title}
    </p>
  );
}

/** It stands at the end of a form, which may be longer than the window. */
function show(line: HTMLElement | null) {
  line?.scrollIntoView({ block: 'nearest' });
}
