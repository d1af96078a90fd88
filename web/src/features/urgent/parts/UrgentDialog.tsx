import { useId, useState } from 'react';
import type { ChannelRow, Id, Person, UrgentKind } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { useSend, useUrgentPreview } from '../queries';
import { useText } from '../strings';
import { Forecast } from './Forecast';
import type { PickPeople } from './pickPeople';
import { Summary } from './Summary';
import { Whom } from './Whom';
import styles from './Urgent.module.css';

const KINDS: readonly UrgentKind[] = ['outage', 'safety', 'blocked', 'other'];
const MAX_REASON = 140;

type UrgentDialogProps = { channel: ChannelRow; topic_id: Id | null; text: string; onClose: () => void; onDone: () => void; PickPeople: PickPeople };

/** Why it cannot wait, whom to call, and before anything is sent what that would do. */
export function UrgentDialog({ channel, topic_id, text, onClose, onDone, PickPeople }: UrgentDialogProps) {
  const t = useText();
  const formId = useId();
  const me_id = useMe()?.id ?? '';
  const others = channel.kind === 'direct' ? channel.people.filter((id) => id !== me_id) : null;
  const [ids] = useState(() => ({ id: uuidv7(), message_id: uuidv7() }));
  const [words, setWords] = useState(text);
  const [kind, setKind] = useState<UrgentKind>('outage');
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<Person[]>([]);
  // Until somebody chooses: whoever is on call, where anybody is.
  const [byName, setByName] = useState<boolean | null>(null);
  const [wantsChain, setWantsChain] = useState(true);

  const first = useUrgentPreview(channel.id, { people: [], on_call: false, chain: false });
  const on_call_id = first.data?.on_call ?? null;
  const picksNames = others === null && (byName ?? on_call_id === null);
  const people = others ?? (picksNames ? chosen.map(({ id }) => id) : []);
  const wanted = { people, on_call: others === null && !picksNames, chain: wantsChain && (first.data?.has_chain ?? false) };
  const preview = useUrgentPreview(channel.id, wanted);
  const send = useSend(channel.id);
  const callsSomebody = wanted.on_call || people.length > 0;
  const isReady = words.trim() !== '' && callsSomebody && (kind !== 'other' || reason.trim() !== '');

  const submit = () => {
    if (!isReady || send.isPending) return;
    const body = { ...ids, text: words.trim(), kind, reason: reason.trim(), people: [...people], on_call: wanted.on_call, chain: wanted.chain, ...(topic_id && { topic_id }) };
    send.mutate(body, {
      onSuccess: () => {
        onClose();
        if (text.trim() !== '') onDone();
      },
    });
  };

  return (
    <Dialog
      title={t('title')}
      hint={t('hint')}
      onClose={onClose}
      actions={
        <>
          {callsSomebody && <Summary preview={preview.data} />}
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="danger" type="submit" form={formId} busy={send.isPending} disabled={!isReady}>
            {t(preview.data?.needs_second ? 'ask_second' : 'call')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <TextArea label={t('words')} value={words} onChange={setWords} rows={2} data-autofocus="" />
        <div className={styles.two}>
          <Select label={t('why')} value={kind} options={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))} onChange={setKind} />
          <TextField label={t('reason')} optional={kind !== 'other'} value={reason} onChange={setReason} maxLength={MAX_REASON} />
        </div>
        {others === null && (
          <Whom
            on_call_id={on_call_id}
            isByName={picksNames}
            onByName={setByName}
            chosen={chosen}
            onChosen={setChosen}
            without={new Set([me_id])}
            space_id={channel.space_id}
            PickPeople={PickPeople}
          />
        )}
        {first.data?.has_chain && <Switch label={t('chain')} hint={t('chain_hint')} checked={wantsChain} onChange={setWantsChain} />}
        {callsSomebody && <Forecast preview={preview.data} error={preview.error} />}
        <FormError error={send.error} />
      </Form>
    </Dialog>
  );
}
