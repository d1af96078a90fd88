import { useId, useState } from 'react';
import type { AskKind, Id, Message } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { TextField } from '@/ui/TextField';
import { mentionedIn } from '../model';
import { useChannelPeople } from '../peopleQuery';
import { useAskWith } from '../queries';
import { useText } from '../strings';
import styles from './Asks.module.css';

const KINDS = ['question', 'feedback', 'action', 'read'] as const satisfies readonly AskKind[];
const MAX_SHOWN = 30;

/** A message that stands there already wants an answer. Whom it names is chosen to begin with. */
export function AskWithDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const me_id = useMe()?.id ?? '';
  const [kind, setKind] = useState<AskKind>('question');
  const [people, setPeople] = useState<readonly Id[]>(() => mentionedIn(message.text).filter((id) => id !== me_id));
  const [part, setPart] = useState('');
  const known = useChannelPeople(message.channel_id);
  const ask = useAskWith();
  const folded = part.trim().toLocaleLowerCase();
  const others = known.data?.filter(({ id, bot, deactivated }) => id !== me_id && !bot && !deactivated) ?? [];
  const shown = others.filter(({ id, name }) => people.includes(id) || name.toLocaleLowerCase().includes(folded)).slice(0, MAX_SHOWN);
  const toggle = (id: Id) => setPeople(people.includes(id) ? people.filter((other) => other !== id) : [...people, id]);
  return (
    <Dialog
      title={t('ask_with')}
      hint={t('ask_with_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={ask.isPending} disabled={people.length === 0}>
            {t('ask')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => people.length > 0 && ask.mutate({ message, ask: { kind, people: [...people] } }, { onSuccess: onClose })}>
        <Select label={t('kind')} value={kind} options={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))} onChange={setKind} />
        <TextField label={t('pass_find')} value={part} onChange={setPart} />
        {known.error && <ErrorState error={known.error} onRetry={() => void known.refetch()} />}
        {known.isPending && <Skeleton rows={3} />}
        {known.data && shown.length === 0 && <p className={styles.away}>{t('pass_nobody')}</p>}
        <ul className={styles.people}>
          {shown.map(({ id, name }) => (
            <li key={id}>
              <label className={styles.who}>
                <input type="checkbox" checked={people.includes(id)} onChange={() => toggle(id)} />
                <bdi>{name}</bdi>
              </label>
            </li>
          ))}
        </ul>
        <FormError error={ask.error} />
      </Form>
    </Dialog>
  );
}
