import { useState } from 'react';
import { isProblem } from '@/api/client';
import type { ChannelRow, Id, PreparedPoll } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { contentOf, emptyForm, formOf, isReady, requestOf } from '../form';
import { useAsk, usePrepare } from '../queries';
import { useText } from '../strings';
import { PollForm } from './PollForm';
import { Prepared } from './Prepared';

type PollDialogProps = { channel: ChannelRow; topic_id: Id | null; text: string; onClose: () => void; onDone: () => void };

const newIds = () => ({ id: uuidv7(), message_id: uuidv7() });

/** Asks at once, or keeps it until its moment comes. */
export function PollDialog({ channel, topic_id, text, onClose, onDone }: PollDialogProps) {
  const t = useText();
  const [ids, setIds] = useState(newIds);
  const [form, setForm] = useState(() => emptyForm(text));
  const [changed, setChanged] = useState<Id | null>(null);
  const ask = useAsk(channel.id);
  const prepare = usePrepare(channel.id);
  const canSend = isReady(form) && !ask.isPending && !prepare.isPending;
  const done = () => {
    onClose();
    if (text.trim() !== '') onDone();
  };
  const write = (prepared: PreparedPoll) => {
    setChanged(prepared.id);
    setForm(formOf(prepared));
  };
  const send = (words_ok: boolean) => {
    if (!canSend) return;
    const place = { ...ids, ...(topic_id && { topic_id }) };
    ask.mutate({ ...requestOf(form, place, Date.now() * 1000), words_ok }, { onSuccess: done });
  };
  const keep = (words_ok: boolean) => {
    if (!canSend) return;
    const begun = {
      onSuccess: () => {
        setForm(emptyForm(''));
        setIds(newIds());
        setChanged(null);
      },
    };
    prepare.mutate({ id: changed ?? ids.id, content: { ...contentOf(form), words_ok } }, begun);
  };

  return (
    <Dialog
      title={t('new_poll')}
      hint={t('poll_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button busy={prepare.isPending} disabled={!isReady(form)} onClick={() => keep(isProblem(prepare.error, 'words-asked'))}>
            {t('keep')}
          </Button>
          {!changed && (
            <Button tone="primary" type="submit" form="new-poll" busy={ask.isPending} disabled={!isReady(form)}>
              {t('ask')}
            </Button>
          )}
        </>
      }
    >
      <Prepared channel={channel} topic_id={topic_id} onWrite={write} onDone={done} />
      <PollForm
        form={form}
        onChange={setForm}
        error={ask.error ?? prepare.error}
        onSubmit={() => (changed ? keep(false) : send(false))}
        onAgreed={() => (prepare.error ? keep(true) : send(true))}
      />
    </Dialog>
  );
}
