import { IconHash, IconMessage, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { navigate } from '@/router/location';
import { useState } from 'react';
import type { ChannelRow, Id, Message, MoveMessages } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { showToast } from '@/ui/toast';
import { MAX_TITLE_CHARACTERS } from '../length';
import { movableFrom } from '../moving';
import { useMove } from '../movingQueries';
import { findWindow } from '../queries';
import { useText } from '../organising/strings';
import { useTopics } from '../topicQueries';
import { TargetList } from './TargetList';
import styles from './TargetList.module.css';

const NEW = 'new';
const STREAM = 'stream';
const LOOK = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

type MoveDialogProps = { channel: ChannelRow; message: Message; onClose: () => void };

/** Puts a message, or it and all that follow, into a topic, a new one, or back into the channel. */
export function MoveDialog({ channel, message, onClose }: MoveDialogProps) {
  const t = useText();
  const cache = useQueryClient();
  const [scope, setScope] = useState<'one' | 'rest'>('one');
  const [target, setTarget] = useState<string | null>(null);
  const [title, setTitle] = useState('');
  const [topic_id] = useState(uuidv7);
  const topics = useTopics(channel.id, null);
  const move = useMove(channel.id);
  const rest = movableFrom(findWindow(cache, channel.id, message.topic_id)?.messages ?? [message], message);
  const ids = scope === 'one' ? [message.id] : rest;
  const known = topics.data?.pages.flatMap((page) => page.items) ?? [];
  const options = [
    { key: NEW, name: t('move_new'), icon: <IconPlus {...LOOK} /> },
    ...(message.topic_id ? [{ key: STREAM, name: t('move_stream'), icon: <IconHash {...LOOK} /> }] : []),
    ...known
      .filter((topic) => topic.id !== message.topic_id)
      .map((topic) => ({ key: topic.id, name: topic.title, note: t(`state_${topic.state}`), icon: <IconMessage {...LOOK} /> })),
  ];
  const isReady = target !== null && (target !== NEW || title.trim() !== '');

  const submit = () => {
    if (!isReady || move.isPending) return;
    const order = orderFor(ids, target, { id: topic_id, title: title.trim() });
    move.mutate(order, {
      onSuccess: ({ topic }) => {
        onClose();
        const params = { channelId: channel.id };
        const run = () =>
          topic ? navigate({ to: '/c/$channelId/t/$topicId', params: { ...params, topicId: topic.id } }) : navigate({ to: '/c/$channelId', params });
        showToast(t('moved', { count: ids.length }), { action: { label: t('open'), run } });
      },
    });
  };

  return (
    <Dialog
      title={t('move_title')}
      hint={t('move_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={move.isPending} disabled={!isReady} onClick={submit}>
            {t('move_do', { count: ids.length })}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {rest.length > 1 && (
          <Choice
            legend={t('move_what')}
            row
            value={scope}
            options={[
              { value: 'one', label: t('move_one') },
              { value: 'rest', label: t('move_rest', { count: rest.length }) },
            ]}
            onChange={setScope}
          />
        )}
        <TargetList label={t('move_where')} options={options} value={target} onChange={setTarget} none={t('target_none')} />
        {target === NEW && (
          <TextField label={t('new_topic_title')} value={title} onChange={setTitle} maxLength={MAX_TITLE_CHARACTERS} />
        )}
        <FormError error={move.error ?? topics.error} />
      </div>
    </Dialog>
  );
}

function orderFor(message_ids: Id[], target: string, new_topic: { id: Id; title: string }): MoveMessages {
  if (target === NEW) return { message_ids, new_topic };
  return target === STREAM ? { message_ids } : { message_ids, topic_id: target };
}
