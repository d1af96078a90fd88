import { useState } from 'react';
import type { Office } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { breakMinutes, clockIn, nextAt } from '../model';
import { useLater } from '../queries';
import { useText } from '../strings';
import styles from './Office.module.css';

export function LaterDialog({ office, onClose }: { office: Office; onClose: () => void }) {
  const t = useText();
  const [at, setAt] = useState(() => clockIn(breakMinutes(office.until_at, Date.now()), Date.now()));
  const later = useLater(office.channel_id, office.id);
  const submit = () => later.mutate(nextAt(at, Date.now()), { onSuccess: onClose });
  return (
    <Dialog
      title={t('later_title')}
      hint={t('later_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={later.isPending} disabled={at === ''} onClick={submit}>
            {t('later')}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <TextField label={t('later_at')} type="time" value={at} onChange={setAt} data-autofocus="" />
        <FormError error={later.error} />
      </div>
    </Dialog>
  );
}
