import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelRow } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { readableText } from '@/realtime/readableText';
import { FormDialog } from '@/ui/FormDialog';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { clockIn, nextAt } from '../model';
import { useOpenOffice } from '../queries';
import { useText } from '../strings';

type OfficeDialogProps = { channel: ChannelRow; text: string; words: string; onClose: () => void; onDone: () => void };

/** How long for each, until when, and what it is about. */
export function OfficeDialog({ channel, text, words, onClose, onDone }: OfficeDialogProps) {
  const t = useText();
  const [ids] = useState(() => ({ id: uuidv7(), message_id: uuidv7() }));
  const cache = useQueryClient();
  const [names] = useState(() => readableText(cache, words));
  const [about, setAbout] = useState(names.text);
  const [minutes, setMinutes] = useState('10');
  const [until, setUntil] = useState(() => clockIn(120, Date.now()));
  const open = useOpenOffice(channel.id);
  const isReady = about.trim() !== '' && Number(minutes) >= 1 && until !== '';
  const submit = () => {
    const until_at = nextAt(until, Date.now());
    if (until_at === null) return;
    open.mutate(
      { ...ids, about: names.encode(about).trim(), minutes: Number(minutes), until_at },
      {
        onSuccess: () => {
          onClose();
          if (text.trim() !== '') onDone();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t('open_office')}
      hint={t('open_hint')}
      submitLabel={t('open')}
      busy={open.isPending}
      isReady={isReady}
      error={open.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea label={t('about')} hint={t('about_hint')} value={about} onChange={setAbout} rows={2} data-autofocus="" />
      <TextField label={t('minutes')} type="number" min={1} max={120} value={minutes} onChange={setMinutes} />
      <TextField label={t('until')} type="time" value={until} onChange={setUntil} />
    </FormDialog>
  );
}
