import { useState } from 'react';
import type { Office } from '@/api/types';
import { FormDialog } from '@/ui/FormDialog';
import { TextField } from '@/ui/TextField';
import { breakMinutes, clockIn, nextAt } from '../model';
import { useLater } from '../queries';
import { useText } from '../strings';

export function LaterDialog({ office, onClose }: { office: Office; onClose: () => void }) {
  const t = useText();
  const [at, setAt] = useState(() => clockIn(breakMinutes(office.until_at, Date.now()), Date.now()));
  const later = useLater(office.channel_id, office.id);
  return (
    <FormDialog
      title={t('later_title')}
      hint={t('later_hint')}
      submitLabel={t('later')}
      busy={later.isPending}
      isReady={at !== ''}
      error={later.error}
      onSubmit={() => later.mutate(nextAt(at, Date.now()), { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField label={t('later_at')} type="time" value={at} onChange={setAt} data-autofocus="" />
    </FormDialog>
  );
}
