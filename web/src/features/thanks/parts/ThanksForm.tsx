import { useId, useState } from 'react';
import type { Id, Person } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { useGive } from '../queries';
import { useText } from '../strings';
import type { PickPeople } from './pickPeople';

const MAX_PEOPLE = 10;
const MAX_CHARACTERS = 1_000;

export type ThanksFormProps = {
  channel_id: Id;
  topic_id: Id | null;
  /** Null in a direct conversation, where nothing is gathered. */
  space_id: Id | null;
  people: Person[];
  text: string;
  PickPeople: PickPeople;
  onClose: () => void;
  onDone: () => void;
};

export function ThanksForm({ channel_id, topic_id, space_id, people, text, PickPeople, onClose, onDone }: ThanksFormProps) {
  const t = useText();
  const formId = useId();
  const me_id = useMe()?.id ?? '';
  const [message_id] = useState(uuidv7);
  const [chosen, setChosen] = useState(people);
  const [words, setWords] = useState(text);
  const [mayGather, setMayGather] = useState(false);
  const give = useGive(channel_id);
  const isReady = chosen.length > 0 && words.trim() !== '';
  const submit = () => {
    if (!isReady || give.isPending) return;
    const thanks = {
      message_id,
      people: chosen.map(({ id }) => id),
      text: words.trim(),
      may_gather: space_id !== null && mayGather,
      ...(topic_id && { topic_id }),
    };
    give.mutate(thanks, {
      onSuccess: () => {
        onClose();
        if (text.trim() !== '') onDone();
      },
    });
  };
  return (
    <Dialog
      title={t('say_thanks')}
      hint={t('say_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={give.isPending} disabled={!isReady}>
            {t('thank')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <div role="group" aria-label={t('whom')}>
          <PickPeople chosen={chosen} onChange={setChosen} without={new Set([me_id])} max={MAX_PEOPLE} {...(space_id !== null && { spaceId: space_id })} />
        </div>
        <TextArea label={t('for_what')} value={words} onChange={setWords} rows={3} maxLength={MAX_CHARACTERS} />
        {space_id !== null && <Switch label={t('may_gather')} hint={t('may_gather_hint')} checked={mayGather} onChange={setMayGather} />}
        <FormError error={give.error} />
      </Form>
    </Dialog>
  );
}
