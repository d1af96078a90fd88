import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Id, Scheduled } from '@/api/types';
import { decodeMentions, encodeMentions } from '@/realtime/mentions';
import { findMentioned } from '@/realtime/named';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextArea } from '@/ui/TextArea';
import { fieldsOf, presets } from '../model';
import { useChangeScheduled } from '../queries';
import { useText } from '../strings';
import { momentIn, TimeFields } from './TimeFields';

type EditDialogProps = { scheduled: Scheduled; people: readonly Id[]; onClose: () => void };

/** Other words or another time. What follows somebody's hours goes on to, as long as its time is left alone. */
export function EditDialog({ scheduled, people, onClose }: EditDialogProps) {
  const t = useText();
  const formId = useId();
  const cache = useQueryClient();
  const change = useChangeScheduled();
  const [before] = useState(() => decodeMentions(scheduled.text, (id) => findMentioned(cache, id)));
  const [text, setText] = useState(before.text);
  const [planned] = useState(() => fieldsOf(scheduled.failed ? (presets(Date.now() * 1000)[0]?.due_at ?? 0) : scheduled.due_at));
  const [wanted, setWanted] = useState(planned);
  const isMoved = scheduled.failed !== null || wanted.day !== planned.day || wanted.time !== planned.time;
  const save = () => {
    const due_at = isMoved ? momentIn(wanted, Date.now() * 1000) : null;
    if (isMoved && due_at === null) return;
    const words = text === before.text ? {} : { text: encodeMentions(text, before.book) };
    if (due_at === null && text === before.text) return onClose();
    change.mutate({ id: scheduled.id, revision: scheduled.revision, ...words, ...(due_at !== null && { due_at }) }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t(scheduled.failed ? 'another_time' : 'edit_title')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <TextArea label={t('message')} value={text} onChange={setText} rows={5} />
        <TimeFields wanted={wanted} onChange={setWanted} people={people} />
        <FormError error={change.error} />
      </Form>
    </Dialog>
  );
}
