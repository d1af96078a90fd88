import type { ComponentProps } from 'react';
import { classes } from '@/lib/classes';
import styles from './Form.module.css';

/** Fields one below the other with even distances. Sending never loads a page; `onSubmit` does the work. */
export function Form({ className, onSubmit, ...rest }: Omit<ComponentProps<'form'>, 'onSubmit'> & { onSubmit: () => void }) {
  return (
    <form
      {...rest}
      className={classes(styles.form, className)}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    />
  );
}
