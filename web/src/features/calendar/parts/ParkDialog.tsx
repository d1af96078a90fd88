import { useId, useState } from 'react';
import { isProblem } from '@/api/client';
import type { Id, MeetingView } from '@/api/types';
import { useMe, useStart } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { hasMore } from '../model';
import { askableOf, MAX_ASKED, parkedText, placesOf } from '../park';
import { useParkPreview } from '../parkQueries';
import { useText } from '../strings';
import styles from './Park.module.css';
import { ParkedStill } from './ParkedStill';
import { ParkPeople } from './ParkPeople';
import { ParkWhere } from './ParkWhere';
import { useParking } from './useParking';

type ParkDialogProps = { view: MeetingView; timeZone: string; onClose: () => void };

/** Where we stand and what is open, as a message that asks everybody who is invited. */
export function ParkDialog({ view, timeZone, onClose }: ParkDialogProps) {
  const t = useText();
  const formId = useId();
  const me = useMe();
  const { data: start } = useStart();
  // As it was when this was opened: whoever writes is not disturbed by what others change.
  const [{ meeting, people, guests }] = useState(view);
  const [places] = useState(() => placesOf(meeting, start?.channels ?? []));
  const only = places.length === 1 ? places[0]?.id : undefined;
  const [channelId, setChannelId] = useState<Id>(only ?? '');
  const [stands, setStands] = useState('');
  const [open, setOpen] = useState(meeting.agenda.join('\n'));
  const [left, setLeft] = useState<ReadonlySet<Id>>(new Set());
  const [callsOff, setCallsOff] = useState(false);
  const parking = useParking(meeting, channelId, onClose);
  const invited = askableOf(meeting, me?.id);
  const askable = invited.slice(0, MAX_ASKED);
  const preview = useParkPreview(channelId, parking.topicId, askable);
  const asked = preview.data?.people.map(({ person_id }) => person_id).filter((id) => !left.has(id)) ?? [];
  const text = parkedText({ stands, open }, { stands: t('park_stands'), open: t('park_open') });
  const canSend = asked.length > 0 && text !== '';
  const send = (words_ok: boolean) => {
    if (canSend) parking.send(text, asked, { callsOff, words_ok });
  };

  const { still } = parking;
  if (still) return <ParkedStill meetingId={meeting.id} error={still.error} onRead={() => parking.read(still)} onClose={onClose} />;
  return (
    <Dialog
      title={t('park')}
      hint={t('park_text')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={parking.isPending} disabled={!canSend}>
            {t('park_send')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => send(false)}>
        <TextArea label={t('park_stands')} value={stands} onChange={setStands} rows={3} data-autofocus="" />
        <TextArea label={t('park_open')} hint={t('park_open_hint')} value={open} onChange={setOpen} rows={4} />
        <ParkWhere places={places} isOwn={places[0]?.id === meeting.channel_id} title={meeting.title} goesOn={parking.topicId !== null} value={channelId} onChange={setChannelId} />
        <ParkPeople
          people={people.filter(({ id }) => askable.includes(id))}
          left={left}
          onLeft={setLeft}
          preview={preview.data}
          timeZone={timeZone}
          isCut={invited.length > MAX_ASKED}
        />
        {guests.length > 0 && <p className={styles.note}>{t('park_outside')}</p>}
        <Switch label={t('park_call_off')} hint={hasMore(meeting) ? t('park_call_off_one') : t('call_off_text')} checked={callsOff} onChange={setCallsOff} />
        <FormError error={parking.error ?? preview.error} />
        {isProblem(parking.error, 'words-asked') && (
          <div>
            <Button size="s" onClick={() => send(true)}>
              {t('park_words')}
            </Button>
          </div>
        )}
      </Form>
    </Dialog>
  );
}
