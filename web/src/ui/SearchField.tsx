import { IconSearch } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import styles from './SearchField.module.css';

export type SearchFieldProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'aria-label'> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
};

export function SearchField({ label, value, onChange, ...rest }: SearchFieldProps) {
  return (
    <div className={styles.box}>
      <IconSearch size={16} stroke={1.6} aria-hidden="true" />
      <input
        dir="auto"
        type="search"
        placeholder={label}
        {...rest}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
