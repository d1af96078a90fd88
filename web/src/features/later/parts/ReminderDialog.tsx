import { useId, useState } from 'react';
import type { Reminder } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { TextField } from '@/ui/TextField';
import { fieldsOf, MAX_NOTE, presets } from '../model';
import { useChangeReminder } from '../reminderQueries';
import { useText } from '../strings';
import { momentIn, TimeFields } from './TimeFields';

/** Another time or another note. What was told already is told again at its new time, and only then. */
export function ReminderDialog({ reminder, onClose }: { reminder: Reminder; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const change = useChangeReminder();
  const isTold = reminder.told_at !== null;
  const [planned] = useState(() => fieldsOf(isTold ? (presets(Date.now() * 1000)[0]?.due_at ?? 0) : reminder.due_at));
  const [wanted, setWanted] = useState(planned);
  const [note, setNote] = useState(reminder.note);
  const save = () => {
    const isMoved = isTold || wanted.day !== planned.day || wanted.time !== planned.time;
    const due_at = isMoved ? momentIn(wanted, Date.now() * 1000) : null;
    if (isMoved && due_at === null) return;
    const isNoted = note.trim() !== reminder.note;
    if (due_at === null && !isNoted) return onClose();
    change.mutate({ id: reminder.id, ...(isNoted && { note: note.trim() }), ...(due_at !== null && { due_at }) }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('edit_reminder')}
      size="s"
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
        <TimeFields wanted={wanted} onChange={setWanted} people={[]} />
        <TextField label={t('note')} optional value={note} onChange={setNote} maxLength={MAX_NOTE} />
        <FormError error={change.error} />
      </Form>
    </Dialog>
  );
}
