import { useState } from 'react';
import type { ChannelRow, Id } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { FormDialog } from '@/ui/FormDialog';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { useBegin } from '../queries';
import { useText } from '../strings';

type QuestionsDialogProps = { channel: ChannelRow; topic_id: Id | null; text: string; onClose: () => void; onDone: () => void };

/** What they are about, and how one asks. */
export function QuestionsDialog({ channel, topic_id, text, onClose, onDone }: QuestionsDialogProps) {
  const t = useText();
  const [ids] = useState(() => ({ id: uuidv7(), message_id: uuidv7() }));
  const [about, setAbout] = useState(text);
  const [moderated, setModerated] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const begin = useBegin(channel.id);

  const submit = () => {
    const request = { ...ids, about: about.trim(), moderated, anonymous, ...(topic_id && { topic_id }) };
    begin.mutate(request, {
      onSuccess: () => {
        onClose();
        if (text.trim() !== '') onDone();
      },
    });
  };

  return (
    <FormDialog
      title={t('collect')}
      hint={t('collect_hint')}
      submitLabel={t('begin')}
      busy={begin.isPending}
      isReady={about.trim() !== ''}
      error={begin.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea label={t('about')} hint={t('about_hint')} value={about} onChange={setAbout} rows={2} data-autofocus="" />
      <Switch label={t('moderated')} hint={t('moderated_hint')} checked={moderated} onChange={setModerated} />
      <Switch label={t('anonymous')} hint={t('anonymous_hint')} checked={anonymous} onChange={setAnonymous} />
    </FormDialog>
  );
}
