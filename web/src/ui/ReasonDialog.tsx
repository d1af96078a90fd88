import { useState } from 'react';
import { fieldErrors } from './fieldErrors';
import { FormDialog } from './FormDialog';
import { TextArea } from './TextArea';

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
  const [reason, setReason] = useState('');
  const errors = fieldErrors(error);
  return (
    <FormDialog
      title={title}
      hint={hint}
      submitLabel={confirmLabel}
      tone="danger"
      busy={busy}
      error={Object.keys(errors).length === 0 ? error : null}
      onSubmit={() => onConfirm(reason)}
      onClose={onClose}
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
    </FormDialog>
  );
}
