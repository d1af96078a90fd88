import { navigate } from '@/router/location';
import { useState, type FormEvent } from 'react';
import type { ChannelRow, Message } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { MAX_TITLE_CHARACTERS } from '../length';
import { useText } from '../strings';
import { useStartTopic } from '../topicQueries';

type StartTopicDialogProps = { channel: ChannelRow; message: Message; onClose: () => void };

export function StartTopicDialog({ channel, message, onClose }: StartTopicDialogProps) {
  const t = useText();
  const [id] = useState(uuidv7);
  const [title, setTitle] = useState('');
  const start = useStartTopic(channel.id);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!title.trim() || start.isPending) return;
    start.mutate(
      { id, title: title.trim(), origin_id: message.id },
      {
        onSuccess: (topic) => {
          onClose();
          navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel.id, topicId: topic.id } });
        },
      },
    );
  };

  return (
    <Dialog
      title={t('start_topic_title')}
      hint={t('start_topic_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form="start-topic" busy={start.isPending} disabled={!title.trim()}>
            {t('start')}
          </Button>
        </>
      }
    >
      <form id="start-topic" onSubmit={submit}>
        <TextField label={t('new_topic_title')} value={title} onChange={setTitle} maxLength={MAX_TITLE_CHARACTERS} data-autofocus="" />
        <FormError error={start.error} />
      </form>
    </Dialog>
  );
}
