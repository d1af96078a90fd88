import { useId, useState, type ReactNode } from 'react';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { PasswordField } from '@/ui/PasswordField';
import type { Proof } from '../changes';
import { useText } from '../strings';

export type ProofDialogProps = {
  title: string;
  hint: ReactNode;
  confirmLabel: string;
  tone?: 'primary' | 'danger';
  /** The person has one, and must type it. */
  hasPassword: boolean;
  busy: boolean;
  error: unknown;
  onConfirm: (proof: Proof) => void;
  onClose: () => void;
};

/** Asks once more who it is, before a way in changes. */
export function ProofDialog({ title, hint, confirmLabel, tone = 'primary', hasPassword, busy, error, onConfirm, onClose }: ProofDialogProps) {
  const t = useText();
  const formId = useId();
  const [password, setPassword] = useState('');
  const errors = fieldErrors(error);
  return (
    <Dialog
      title={title}
      hint={hint}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone={tone} type="submit" form={formId} busy={busy}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => onConfirm(hasPassword ? { password } : {})}>
        {hasPassword && (
          <PasswordField
            label={t('current_password')}
            value={password}
            onChange={setPassword}
            error={errors['password']}
            autoComplete="current-password"
            data-autofocus
            required
          />
        )}
        <FormError error={Object.keys(errors).length === 0 ? error : null} />
      </Form>
    </Dialog>
  );
}
