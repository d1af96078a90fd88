import type { ReactNode } from 'react';
import { problemOf } from '@/api/client';
import { Button } from './Button';
import styles from './State.module.css';
import { useText } from './strings';

export type ErrorStateProps = {
  error: unknown;
  onRetry?: (() => void) | undefined;
  /** 1 where nothing else titles the page. */
  level?: 1 | 2;
  /** Another way out, such as a link to where it is safe. */
  action?: ReactNode;
};

/** A screen that could not be drawn: what the server said, and a way out. */
export function ErrorState({ error, onRetry, level = 2, action }: ErrorStateProps) {
  const t = useText();
  const problem = problemOf(error);
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className={styles.state} role="alert">
      <Heading>{problem.status === 0 ? t('broken') : problem.title || t('broken')}</Heading>
      <p>{problem.status === 0 ? t('broken_unknown') : problem.detail}</p>
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
      {action}
    </div>
  );
}
