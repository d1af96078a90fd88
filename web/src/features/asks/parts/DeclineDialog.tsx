import { useId, useState } from 'react';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { useText } from '../strings';
import type { AskDialogProps } from './AskDialogs';

const MAX_REASON = 280;

export function DeclineDialog({ acts, onClose }: AskDialogProps) {
  const t = useText();
  const formId = useId();
  const [reason, setReason] = useState('');
  const decline = () => acts.make({ move: 'decline', ...(reason.trim() && { reason: reason.trim() }) }, onClose);
  return (
    <Dialog
      title={t('decline_title')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={acts.isBusy}>
            {t('decline_do')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={decline}>
        <TextArea label={t('decline_reason')} hint={t('decline_hint')} optional value={reason} onChange={setReason} maxLength={MAX_REASON} rows={2} />
        <FormError error={acts.error} />
      </Form>
    </Dialog>
  );
}
