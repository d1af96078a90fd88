import { useState } from 'react';
import type { Office, OfficePlace } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { useTakePlace } from '../queries';
import { useText } from '../strings';
import styles from './Office.module.css';

type PlaceDialogProps = { office: Office; mine: OfficePlace | null; next_at: number | null; onClose: () => void };

export function PlaceDialog({ office, mine, next_at, onClose }: PlaceDialogProps) {
  const t = useText();
  const [about, setAbout] = useState(mine?.about ?? '');
  const [tells, setTells] = useState(mine?.tells ?? true);
  const take = useTakePlace(office.channel_id, office.id);
  const submit = () => take.mutate({ about: about.trim(), tells }, { onSuccess: onClose });
  return (
    <Dialog
      title={t('take')}
      hint={!mine && next_at !== null ? t('take_at', { time: formatTime(next_at, currentLocale()) }) : undefined}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={take.isPending} onClick={submit}>
            {mine ? t('save') : t('take')}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <TextField label={t('your_note')} hint={t('your_note_hint')} optional maxLength={280} value={about} onChange={setAbout} data-autofocus="" />
        <Switch label={t('tells')} hint={t('tells_hint')} checked={tells} onChange={setTells} />
        <FormError error={take.error} />
      </div>
    </Dialog>
  );
}
