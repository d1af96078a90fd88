import { useState } from 'react';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { FormError } from '@/ui/FormError';
import { Skeleton } from '@/ui/Skeleton';
import { TextField } from '@/ui/TextField';
import { useMe } from '@/realtime/start';
import { useChannelPeople } from '../peopleQuery';
import { useText } from '../strings';
import type { AskDialogProps } from './AskDialogs';
import styles from './Asks.module.css';

const MAX_SHOWN = 30;

/** Somebody else of the channel should answer; their time begins anew. */
export function PassDialog({ ask, acts, onClose }: AskDialogProps) {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const [part, setPart] = useState('');
  const { data, error, refetch } = useChannelPeople(ask.channel_id);
  const folded = part.trim().toLocaleLowerCase();
  const others = data?.filter(({ id, bot, deactivated }) => id !== me_id && id !== ask.asker_id && !bot && !deactivated) ?? [];
  const found = others.filter(({ name }) => name.toLocaleLowerCase().includes(folded)).slice(0, MAX_SHOWN);
  return (
    <Dialog title={t('pass_title')} hint={t('pass_hint')} onClose={onClose} actions={<Button tone="plain" onClick={onClose}>{t('cancel')}</Button>}>
      <TextField label={t('pass_find')} value={part} onChange={setPart} data-autofocus="" />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      {data && found.length === 0 && <p className={styles.away}>{t('pass_nobody')}</p>}
      <ul className={styles.people}>
        {found.map((person) => (
          <li key={person.id}>
            <Button tone="plain" busy={acts.isBusy} onClick={() => acts.make({ move: 'pass', person_id: person.id }, onClose)}>
              <bdi>{person.name}</bdi>
            </Button>
          </li>
        ))}
      </ul>
      <FormError error={acts.error} />
    </Dialog>
  );
}
