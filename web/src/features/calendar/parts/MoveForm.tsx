import { useId, useState } from 'react';
import type { MeetingView } from '@/api/types';
import { isProblem } from '@/api/client';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { timeOf, whenOf } from '../when';
import { useChangeMeeting } from '../queries';
import { useText } from '../strings';
import { RefusedLine } from './RefusedLine';
import { WhenFields } from './WhenFields';

/** Another time; everybody is asked again. */
export function MoveForm({ view, timeZone, onClose }: { view: MeetingView; timeZone: string; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const { meeting } = view;
  const [when, setWhen] = useState(() => whenOf(meeting, timeZone));
  const change = useChangeMeeting(meeting.id);
  const errors = fieldErrors(change.error);
  const move = (asks: boolean) => change.mutate({ revision: meeting.revision, time: timeOf(when, timeZone), asks }, { onSuccess: onClose });
  const isRefused = isProblem(change.error, 'meeting-refused');
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
          <Button tone="primary" type="submit" form={formId} busy={change.isPending}>
            {t('move')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => move(false)}>
        <WhenFields value={when} onChange={setWhen} error={errors['time/starts']} />
        {isRefused ? <RefusedLine error={change.error} people={view.people} onAsk={() => move(true)} /> : <FormError error={change.error} />}
      </Form>
    </Dialog>
  );
}
