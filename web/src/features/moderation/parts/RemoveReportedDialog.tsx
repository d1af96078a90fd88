import { useState } from 'react';
import type { Report } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { MAX_REASON_CHARACTERS } from '../model';
import { useHandleReport } from '../queries';
import { useText } from '../strings';

/** Takes a reported message away. Who reported it is told to nobody. */
export function RemoveReportedDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const t = useText();
  const [reason, setReason] = useState('');
  const handle = useHandleReport();
  const submit = () => handle.mutate({ id: report.id, what: 'remove', reason }, { onSuccess: onClose });
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
          <Button tone="danger" busy={handle.isPending} onClick={submit}>
            {t('remove_message')}
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
      />
      <FormError error={handle.error} />
    </Dialog>
  );
}
