import { useState, type FormEvent } from 'react';
import type { ChannelRow } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { clockIn, nextAt } from '../model';
import { useOpenOffice } from '../queries';
import { useText } from '../strings';
import styles from './Office.module.css';

type OfficeDialogProps = { channel: ChannelRow; text: string; words: string; onClose: () => void; onDone: () => void };

/** How long for each, until when, and what it is about. */
export function OfficeDialog({ channel, text, words, onClose, onDone }: OfficeDialogProps) {
  const t = useText();
  const [ids] = useState(() => ({ id: uuidv7(), message_id: uuidv7() }));
  const [about, setAbout] = useState(words);
  const [minutes, setMinutes] = useState('10');
  const [until, setUntil] = useState(() => clockIn(120, Date.now()));
  const open = useOpenOffice(channel.id);
  const isReady = about.trim() !== '' && Number(minutes) >= 1 && until !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const until_at = nextAt(until, Date.now());
    if (!isReady || open.isPending || until_at === null) return;
    open.mutate(
      { ...ids, about: about.trim(), minutes: Number(minutes), until_at },
      {
        onSuccess: () => {
          onClose();
          if (text.trim() !== '') onDone();
        },
      },
    );
  };
  return (
    <Dialog
      title={t('open_office')}
      hint={t('open_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form="open-office" busy={open.isPending} disabled={!isReady}>
            {t('open')}
          </Button>
        </>
      }
    >
      <form id="open-office" className={styles.fields} onSubmit={submit}>
        <TextArea label={t('about')} hint={t('about_hint')} value={about} onChange={setAbout} rows={2} data-autofocus="" />
        <TextField label={t('minutes')} type="number" min={1} max={120} value={minutes} onChange={setMinutes} />
        <TextField label={t('until')} type="time" value={until} onChange={setUntil} />
        <FormError error={open.error} />
      </form>
    </Dialog>
  );
}
