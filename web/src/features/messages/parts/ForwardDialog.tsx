import { navigate } from '@/router/location';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Message } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { channelName } from '@/realtime/channelName';
import { findMentioned } from '@/realtime/named';
import { findPerson } from '@/realtime/people';
import { useMe, useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { ChannelIcon } from '@/ui/ChannelIcon';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { showToast } from '@/ui/toast';
import { useForward } from '../keepingQueries';
import { decodeMentions } from '../model';
import { useText } from '../organising/strings';
import { TargetList } from './TargetList';
import styles from './TargetList.module.css';

/** Carries a message on into another conversation, with a word of one's own. */
export function ForwardDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const cache = useQueryClient();
  const me_id = useMe()?.id ?? '';
  const { data: start } = useStart();
  const [id] = useState(uuidv7);
  const [target, setTarget] = useState<string | null>(null);
  const [comment, setComment] = useState('');
  const forward = useForward();
  const rows = (start?.channels ?? []).filter((row) => row.can_post);
  const options = rows.map((row) => ({
    key: row.id,
    name: channelName(row, me_id, (id) => findPerson(cache, id)),
    note: start?.spaces.find((space) => space.id === row.space_id)?.name ?? '',
    icon: <ChannelIcon kind={row.kind} size={18} />,
  }));
  const { text } = decodeMentions(message.text || (message.forward?.text ?? ''), (id) => findMentioned(cache, id));

  const send = () => {
    if (!target || forward.isPending) return;
    const request = { id, text: comment.trim(), forward_id: message.id };
    forward.mutate(
      { channel_id: target, request },
      {
        onSuccess: () => {
          onClose();
          const run = () => navigate({ to: '/c/$channelId', params: { channelId: target } });
          showToast(t('forward_done'), { action: { label: t('open'), run } });
        },
      },
    );
  };

  return (
    <Dialog
      title={t('forward_title')}
      hint={t('forward_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={forward.isPending} disabled={!target} onClick={send}>
            {t('forward')}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <p className={styles.preview} dir="auto">
          {text}
        </p>
        <TargetList label={t('forward_where')} options={options} value={target} onChange={setTarget} none={t('target_none')} />
        <TextArea label={t('forward_comment')} value={comment} onChange={setComment} rows={2} />
        <FormError error={forward.error} />
      </div>
    </Dialog>
  );
}
