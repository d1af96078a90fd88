import { useId, useState, type ReactNode } from 'react';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import type { Proof } from '../changes';
import { useText } from '../strings';
import { ProofFields } from './ProofFields';

export type ProofDialogProps = {
  title: string;
  hint: ReactNode;
  confirmLabel: string;
  tone?: 'primary' | 'danger';
  busy: boolean;
  error: unknown;
  onConfirm: (proof: Proof) => void;
  onClose: () => void;
};

/** Asks once more who it is, before a way in changes. */
export function ProofDialog({ title, hint, confirmLabel, tone = 'primary', busy, error, onConfirm, onClose }: ProofDialogProps) {
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
      <Form id={formId} onSubmit={() => onConfirm(password ? { password } : {})}>
        <ProofFields password={password} onPassword={setPassword} error={errors['password']} onProven={() => onConfirm({})} />
        <FormError error={Object.keys(errors).length === 0 ? error : null} />
      </Form>
    </Dialog>
  );
}
