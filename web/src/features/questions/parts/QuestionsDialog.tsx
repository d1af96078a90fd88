import { useState, type FormEvent } from 'react';
import type { ChannelRow, Id } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { useBegin } from '../queries';
import { useText } from '../strings';
import styles from './Questions.module.css';

type QuestionsDialogProps = { channel: ChannelRow; topic_id: Id | null; text: string; onClose: () => void; onDone: () => void };

/** What they are about, and how one asks. */
export function QuestionsDialog({ channel, topic_id, text, onClose, onDone }: QuestionsDialogProps) {
  const t = useText();
  const [ids] = useState(() => ({ id: uuidv7(), message_id: uuidv7() }));
  const [about, setAbout] = useState(text);
  const [moderated, setModerated] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const begin = useBegin(channel.id);
  const isReady = about.trim() !== '';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || begin.isPending) return;
    const request = { ...ids, about: about.trim(), moderated, anonymous, ...(topic_id && { topic_id }) };
    begin.mutate(request, {
      onSuccess: () => {
        onClose();
        if (text.trim() !== '') onDone();
      },
    });
  };

  return (
    <Dialog
      title={t('collect')}
      hint={t('collect_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form="new-questions" busy={begin.isPending} disabled={!isReady}>
            {t('begin')}
          </Button>
        </>
      }
    >
      <form id="new-questions" className={styles.fields} onSubmit={submit}>
        <TextArea label={t('about')} hint={t('about_hint')} value={about} onChange={setAbout} rows={2} data-autofocus="" />
        <Switch label={t('moderated')} hint={t('moderated_hint')} checked={moderated} onChange={setModerated} />
        <Switch label={t('anonymous')} hint={t('anonymous_hint')} checked={anonymous} onChange={setAnonymous} />
        <FormError error={begin.error} />
      </form>
    </Dialog>
  );
}
