import { useState } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { fieldErrors } from './fieldErrors';
import { FormError } from './FormError';
import { TextArea } from './TextArea';
import { useText } from './strings';

export type ReasonDialogProps = {
  title: string;
  /** The consequence, in words. */
  hint: string;
  label: string;
  /** Who reads the reason. */
  labelHint: string;
  maxLength: number;
  confirmLabel: string;
  busy: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
};

/** Asked once before something that cannot be undone, with room for a reason that others read. */
export function ReasonDialog({ title, hint, label, labelHint, maxLength, confirmLabel, busy, error, onConfirm, onClose }: ReasonDialogProps) {
  const t = useText();
  const [reason, setReason] = useState('');
  const errors = fieldErrors(error);
  return (
    <Dialog
      title={title}
      hint={hint}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="danger" busy={busy} onClick={() => onConfirm(reason)}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <TextArea
        label={label}
        hint={labelHint}
        optional
        data-autofocus=""
        rows={3}
        maxLength={maxLength}
        value={reason}
        onChange={setReason}
        error={errors['reason']}
      />
      <FormError error={Object.keys(errors).length === 0 ? error : null} />
    </Dialog>
  );
}
