import { useId, useState } from 'react';
import type { Message } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { uuidv7 } from '@/lib/uuidv7';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { fieldsOf, MAX_NOTE, moments, presets, sayWhen, type Moment } from '../model';
import { useWork } from '../queries';
import { useDone, useRemind } from '../reminderQueries';
import { useText } from '../strings';
import { momentIn, TimeFields } from './TimeFields';

/** When I want to be told of a message again, and a word to myself. */
export function RemindDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const now = useMinute();
  const locale = currentLocale();
  const work = useWork(useMe()?.id).data?.work ?? [];
  const [id] = useState(uuidv7);
  const [chosen, setChosen] = useState<Moment['key'] | 'pick'>('hour');
  const [wanted, setWanted] = useState(() => fieldsOf(presets(Date.now() * 1000)[0]?.due_at ?? Date.now() * 1000));
  const [note, setNote] = useState('');
  const remind = useRemind();
  const done = useDone();
  const offered = moments(now, work);
  const save = () => {
    // To the minute that is shown, but never in the past.
    const due_at = chosen === 'pick' ? momentIn(wanted, Date.now() * 1000) : (offered.find(({ key }) => key === chosen)?.at ?? null);
    if (due_at === null) return;
    remind.mutate(
      { id, message_id: message.id, due_at, note: note.trim() },
      {
        onSuccess: (reminder) => {
          onClose();
          const undo = () => done.mutate(reminder, { onError: tellRefusal });
          showToast(t('will_remind', { when: sayWhen(due_at, now, locale, t) }), { action: { label: t('undo'), run: undo } });
        },
      },
    );
  };
  const options = offered.map(({ key, at }) => ({ value: key, label: t(`remind_${key}`), hint: sayWhen(at, now, locale, t) }));
  return (
    <Dialog
      title={t('remind_me')}
      hint={t('remind_hint')}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={remind.isPending}>
            {t('remind')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <Choice legend={t('remind_when')} value={chosen} options={[...options, { value: 'pick', label: t('pick_time') }]} onChange={setChosen} />
        {chosen === 'pick' && <TimeFields wanted={wanted} onChange={setWanted} people={[]} />}
        <TextField label={t('note')} optional value={note} onChange={setNote} maxLength={MAX_NOTE} />
        <FormError error={remind.error} />
      </Form>
    </Dialog>
  );
}
