import { useState } from 'react';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { PasswordField } from '@/ui/PasswordField';
import { showToast } from '@/ui/toast';
import { useChangePassword } from '../changes';
import { minPassword } from '../limits';
import { useText } from '../strings';
import styles from './Settings.module.css';

export function PasswordPart() {
  const t = useText();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useChangePassword();
  const errors = fieldErrors(change.error);

  function save() {
    settle(change.mutateAsync({ current, new: next }), {
      onSuccess: () => {
        setCurrent('');
        setNext('');
        showToast(t('password_changed'));
      },
    });
  }

  return (
    <Form className={styles.form} onSubmit={save}>
      <PasswordField label={t('current_password')} value={current} onChange={setCurrent} error={errors['current']} autoComplete="current-password" required />
      <PasswordField
        label={t('new_password')}
        hint={t('new_password_hint', { count: minPassword })}
        value={next}
        onChange={setNext}
        error={errors['new']}
        minLength={minPassword}
        autoComplete="new-password"
        required
      />
      <FormError error={Object.keys(errors).length === 0 ? change.error : null} />
      <div className={styles.buttons}>
        <Button type="submit" busy={change.isPending}>
          {t('change_password')}
        </Button>
      </div>
    </Form>
  );
}
