import { useId, type ReactNode } from 'react';
import styles from './Field.module.css';
import { useText } from './strings';

/** What the control inside must spread onto itself. */
export type FieldControl = {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
  className: string | undefined;
};

export type FieldProps = {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value, in words. */
  error?: string | undefined;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
};

/** A label, its control, and what to know about it. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const t = useText();
  const id = useId();
  const hintId = `${id}hint`;
  const control: FieldControl = {
    id,
    'aria-describedby': hint || error ? hintId : undefined,
    'aria-invalid': error ? true : undefined,
    className: styles.control,
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
        {optional && <span className={styles.optional}> {t('optional')}</span>}
      </label>
      {children(control)}
      <p id={hintId} className={styles.hint} data-error={error ? true : undefined} role={error ? 'alert' : undefined}>
        {error ?? hint}
      </p>
    </div>
  );
}
