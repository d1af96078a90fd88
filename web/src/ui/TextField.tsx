import type { ComponentProps, ReactNode } from 'react';
import { Field } from './Field';

export type TextFieldProps = Omit<ComponentProps<'input'>, 'onChange' | 'value'> & {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  optional?: boolean;
};

export function TextField({ label, hint, error, optional, value, onChange, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) => <input dir="auto" {...rest} {...control} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
