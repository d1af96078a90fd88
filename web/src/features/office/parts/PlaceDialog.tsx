import { useState } from 'react';
import type { Office, OfficePlace } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { FormDialog } from '@/ui/FormDialog';
import { Switch } from '@/ui/Switch';
import { TextField } from '@/ui/TextField';
import { useTakePlace } from '../queries';
import { useText } from '../strings';

type PlaceDialogProps = { office: Office; mine: OfficePlace | null; next_at: number | null; onClose: () => void };

export function PlaceDialog({ office, mine, next_at, onClose }: PlaceDialogProps) {
  const t = useText();
  const [about, setAbout] = useState(mine?.about ?? '');
  const [tells, setTells] = useState(mine?.tells ?? true);
  const take = useTakePlace(office.channel_id, office.id);
  return (
    <FormDialog
      title={t('take')}
      hint={!mine && next_at !== null ? t('take_at', { time: formatTime(next_at, currentLocale()) }) : undefined}
      submitLabel={mine ? t('save') : t('take')}
      busy={take.isPending}
      error={take.error}
      onSubmit={() => take.mutate({ about: about.trim(), tells }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextField label={t('your_note')} hint={t('your_note_hint')} optional maxLength={280} value={about} onChange={setAbout} data-autofocus="" />
      <Switch label={t('tells')} hint={t('tells_hint')} checked={tells} onChange={setTells} />
    </FormDialog>
  );
}
