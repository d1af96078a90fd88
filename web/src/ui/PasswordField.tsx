import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Field } from './Field';
import { IconButton } from './IconButton';
import styles from './PasswordField.module.css';
import { useText } from './strings';
import type { TextFieldProps } from './TextField';

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, hint, error, value, onChange, ...rest }: Omit<TextFieldProps, 'type' | 'optional'>) {
  const t = useText();
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? IconEyeOff : IconEye;
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <div className={styles.box}>
          <input
            {...rest}
            {...control}
            dir="ltr"
            type={isShown ? 'text' : 'password'}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <IconButton label={isShown ? t('hide_password') : t('show_password')} onClick={() => setShown(!isShown)}>
            <Icon size={18} stroke={1.6} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </Field>
  );
}
