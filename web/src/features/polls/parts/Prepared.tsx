import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ChannelRow, Id, PreparedPoll } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { usePerson } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { IconButton } from '@/ui/IconButton';
import { useDropPrepared, useOpenPrepared, usePrepared } from '../queries';
import { useText } from '../strings';
import styles from './PollDialog.module.css';

const CHOOSES = { single: 'choose_one', several: 'choose_several' } as const;

type PreparedProps = { channel: ChannelRow; topic_id: Id | null; onWrite: (prepared: PreparedPoll) => void; onDone: () => void };

/** What waits to be asked here: a press, and it is. */
export function Prepared({ channel, topic_id, onWrite, onDone }: PreparedProps) {
  const t = useText();
  const { data: items = [] } = usePrepared(channel.id);
  const drop = useDropPrepared(channel.id);
  if (items.length === 0) return null;
  return (
    <section className={styles.prepared} aria-label={t('prepared')}>
      <h3>{t('prepared')}</h3>
      <ul>
        {items.map((item) => (
          <Row key={item.id} item={item} topic_id={topic_id} onWrite={() => onWrite(item)} onDrop={() => drop.mutate(item.id)} onDone={onDone} />
        ))}
      </ul>
      <FormError error={drop.error} />
    </section>
  );
}

type RowProps = { item: PreparedPoll; topic_id: Id | null; onWrite: () => void; onDrop: () => void; onDone: () => void };

function Row({ item, topic_id, onWrite, onDrop, onDone }: RowProps) {
  const t = useText();
  const [message_id] = useState(uuidv7);
  const open = useOpenPrepared(item.channel_id);
  const me_id = useMe()?.id;
  const author = usePerson(item.created_by);
  const { question, kind = 'single' } = item.content;
  const place = { id: item.id, message_id, ...(topic_id && { topic_id }) };
  return (
    <li>
      <span className={styles.words}>
        <b dir="auto">{question}</b>
        <small>
          {kind === 'single' || kind === 'several' ? t(CHOOSES[kind]) : t(`kind_${kind}`)}
          {item.created_by !== me_id && author && ` · ${author.name}`}
        </small>
        <FormError error={open.error} />
      </span>
      <Button size="s" busy={open.isPending} onClick={() => open.mutate(place, { onSuccess: onDone })}>
        {t('ask_now')}
      </Button>
      <IconButton label={t('change_prepared', { question })} onClick={onWrite}>
        <IconPencil size={18} stroke={1.6} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('drop_prepared', { question })} onClick={onDrop}>
        <IconTrash size={18} stroke={1.6} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
