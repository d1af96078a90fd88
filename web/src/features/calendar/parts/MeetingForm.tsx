import { useId, useState } from 'react';
import type { Meeting, MeetingAim, Person, TryMeeting } from '@/api/types';
import { isProblem } from '@/api/client';
import { useDebounced } from '@/lib/useDebounced';
import { uuidv7 } from '@/lib/uuidv7';
import type { Proposal } from '@/realtime/proposing';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { agendaOf, aims, type Day } from '../model';
import { usePreview, usePropose } from '../queries';
import { useText } from '../strings';
import { guestsOf } from '../outside';
import { once, repeatsOf } from '../repeats';
import { beginning, timeOf, whenOf, windowFrom } from '../when';
import { CostLines } from './CostLines';
import { GateBox } from './GateBox';
import { InvitedFields } from './InvitedFields';
import { OutsideField } from './OutsideField';
import type { PickPeople } from './pickPeople';
import { PriceLine } from './PriceLine';
import { usePlaces } from './usePlaces';
import { useNamed } from './useNamed';
import { RefusedLine } from './RefusedLine';
import { RepeatFields } from './RepeatFields';
import { SlotFinder } from './SlotFinder';
import { TopicInstead } from './TopicInstead';
import { WhenFields } from './WhenFields';

type MeetingFormProps = {
  PickPeople: PickPeople;
  timeZone: string;
  day: Day;
  invited: Person[];
  /** From elsewhere, filled in. */
  proposal: Proposal | null;
  onClose: () => void;
  onProposed: (meeting: Meeting) => void;
};

/** A meeting is proposed: first what should be different after it, then with whom and when, and what that costs. */
export function MeetingForm({ PickPeople, timeZone, day, invited, proposal, onClose, onProposed }: MeetingFormProps) {
  const t = useText();
  const formId = useId();
  const me = useMe();
  const [id] = useState(uuidv7);
  const [outcome, setOutcome] = useState('');
  const [title, setTitle] = useState('');
  const [aim, setAim] = useState<MeetingAim>(proposal?.aim ?? 'decide');
  const [agenda, setAgenda] = useState('');
  const [reason, setReason] = useState('');
  const [people, setPeople] = useState(invited);
  useNamed(proposal?.people, setPeople);
  const [optional, setOptional] = useState<ReadonlySet<string>>(new Set());
  const [outside, setOutside] = useState('');
  const [place, setPlace] = useState('');
  const [when, setWhen] = useState(() => beginning(day, proposal, timeZone));
  const [repeating, setRepeating] = useState(once);
  const [window, setWindow] = useState<{ from: number; to: number } | null>(null);
  const propose = usePropose();
  const errors = fieldErrors(propose.error);
  const invites = people.map(({ id: person_id }) => ({ person_id, is_required: !optional.has(person_id) }));
  const asked: TryMeeting = { aim, n_agenda: agendaOf(agenda).length, has_reason: reason.trim() !== '', time: timeOf(when, timeZone), people: invites, ...repeatsOf(repeating) };
  // As text, which stays the same while nothing changes.
  const settled = useDebounced(when.day && when.clock ? JSON.stringify(asked) : '');
  const { data: preview } = usePreview(settled ? JSON.parse(settled) : null);
  const isGated = preview ? preview.is_gated : isProblem(propose.error, 'meeting-gated');
  const [kind, placeId] = place.split(':');
  const places = usePlaces();
  const send = (asks: boolean) =>
    propose.mutate(
      {
        id,
        words: { title, outcome, aim, agenda: agendaOf(agenda), reason },
        time: timeOf(when, timeZone),
        people: invites,
        asks,
        guests: guestsOf(outside),
        ...repeatsOf(repeating),
        ...(kind === 'channel' && placeId ? { channel_id: placeId } : {}),
        ...(kind === 'space' && placeId ? { space_id: placeId } : {}),
      },
      { onSuccess: ({ meeting }) => onProposed(meeting) },
    );
  const instead = <TopicInstead channelId={kind === 'channel' && placeId ? placeId : null} title={title} text={asText(outcome, agendaOf(agenda))} />;
  const isRefused = isProblem(propose.error, 'meeting-refused');

  return (
    <Dialog
      title={t('propose')}
      size="l"
      onClose={onClose}
      actions={
        <>
          <PriceLine preview={preview} />
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={propose.isPending}>
            {t('send_invitations')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => send(false)}>
        <TextArea label={t('outcome')} hint={t('outcome_hint')} value={outcome} onChange={setOutcome} rows={2} maxLength={500} data-autofocus error={errors['words/outcome']} />
        <TextField label={t('title')} value={title} onChange={setTitle} required maxLength={120} error={errors['words/title']} />
        <Select label={t('aim')} value={aim} options={aims.map((value) => ({ value, label: t(`aim_${value}`) }))} onChange={setAim} />
        <TextArea label={t('agenda')} hint={t('agenda_hint')} optional value={agenda} onChange={setAgenda} rows={3} error={errors['words/agenda']} />
        <Select label={t('belongs_to')} hint={t('belongs_hint')} value={place} options={places} onChange={setPlace} />
        <InvitedFields PickPeople={PickPeople} people={people} optional={optional} onPeople={setPeople} onOptional={setOptional} me={me?.id} errors={errors} />
        <OutsideField value={outside} onChange={setOutside} errors={errors} />
        <WhenFields value={when} onChange={setWhen} error={errors['time/starts']} />
        <RepeatFields value={repeating} onChange={setRepeating} errors={errors} />
        <div>
          <Button size="s" tone="outline" onClick={() => setWindow(windowFrom(when.day || day, timeZone))}>
            {t('find_time')}
          </Button>
        </div>
        {window && (
          <SlotFinder
            key={JSON.stringify([window, invites, when.minutes])}
            asked={{ aim, minutes: when.minutes, people: invites, ...window }}
            timeZone={timeZone}
            instead={instead}
            onChoose={(slot) => {
              setWhen(whenOf(slot, timeZone));
              setWindow(null);
            }}
          />
        )}
        {preview && <CostLines preview={preview} />}
        {isGated && <GateBox reason={reason} onReason={setReason} hasAgenda={agendaOf(agenda).length > 0} writtenBy={preview?.written_by ?? null} timeZone={timeZone} instead={instead} />}
        {isRefused ? <RefusedLine error={propose.error} people={me ? [me, ...people] : people} onAsk={() => send(true)} /> : <FormError error={propose.error} />}
      </Form>
    </Dialog>
  );
}

/** What the meeting is about, as a message. */
function asText(outcome: string, agenda: readonly string[]): string {
  return [outcome.trim(), agenda.map((item, idx) => `${idx + 1}. ${item}`).join('\n')].filter(Boolean).join('\n\n') || '…';
}
