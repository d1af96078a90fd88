import { useId, type ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Form } from './Form';
import { FormError } from './FormError';
import { useText } from './strings';

export type FormDialogProps = {
  title: string;
  hint?: ReactNode;
  submitLabel: string;
  tone?: 'primary' | 'danger';
  busy: boolean;
  /** Whether what stands there can be sent. */
  isReady?: boolean;
  error: unknown;
  /** What can be done about the error. */
  remedy?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A few fields, and one button that sends them, as Enter in a line does. */
export function FormDialog({ title, hint, submitLabel, tone = 'primary', busy, isReady = true, error, remedy, onSubmit, onClose, children }: FormDialogProps) {
  const t = useText();
  const id = useId();
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
          <Button tone={tone} type="submit" form={id} busy={busy} disabled={!isReady}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={() => isReady && !busy && onSubmit()}>
        {children}
        <FormError error={error} />
        {remedy}
      </Form>
    </Dialog>
  );
}
