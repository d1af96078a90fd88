import { useState } from 'react';
import type { Message } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { MAX_REASON_CHARACTERS } from '../length';
import { useText } from '../organising/strings';
import { useRemove } from '../queries';

/** Takes away what somebody else wrote. The reason is read by its author and by everybody in the channel. */
export function RemoveDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState('');
  const remove = useRemove();
  const errors = fieldErrors(remove.error);
  return (
    <Dialog
      title={t('remove_title')}
      hint={t('remove_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="danger" busy={remove.isPending} onClick={() => remove.mutate({ message, reason }, { onSuccess: onClose })}>
            {t('remove_do')}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('remove_reason')}
        hint={t('remove_reason_hint')}
        optional
        data-autofocus=""
        rows={3}
        maxLength={MAX_REASON_CHARACTERS}
        value={reason}
        onChange={setReason}
        error={errors['reason']}
      />
      <FormError error={Object.keys(errors).length === 0 ? remove.error : null} />
    </Dialog>
  );
}
