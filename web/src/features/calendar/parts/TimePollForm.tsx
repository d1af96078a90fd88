import { useId, useState } from 'react';
import type { Id, Person, TimePollView } from '@/api/types';
import { isProblem } from '@/api/client';
import { currentLocale } from '@/i18n/core';
import { uuidv7 } from '@/lib/uuidv7';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { fieldErrors } from '@/ui/fieldErrors';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { Switch } from '@/ui/Switch';
import { TextArea } from '@/ui/TextArea';
import { TextField } from '@/ui/TextField';
import { nowMicros } from '../now';
import { lengths, sayMinutes, type Day } from '../model';
import { useAskWhen } from '../pollQueries';
import { useText } from '../strings';
import { endToBegin, newPollOf, timesToBegin, wallTimeOf, type PollDraft } from '../timePolls';
import { windowFrom } from '../when';
import { AskedFields } from './AskedFields';
import type { PickPeople } from './pickPeople';
import { PollTimes } from './PollTimes';
import { RefusedLine } from './RefusedLine';
import { SlotFinder } from './SlotFinder';
import styles from './TimePolls.module.css';
import { useNamed } from './useNamed';
import { usePlaces } from './usePlaces';

type TimePollFormProps = { PickPeople: PickPeople; timeZone: string; day: Day; draft: PollDraft | null; onClose: () => void; onAsked: (view: TimePollView) => void };

const noOne: readonly Id[] = [];

/** People here and outside are asked when they can: a few times, by hand or fair ones, and until when. */
export function TimePollForm({ PickPeople, timeZone, day, draft, onClose, onAsked }: TimePollFormProps) {
  const t = useText();
  const formId = useId();
  const me = useMe();
  const [id] = useState(uuidv7);
  const [title, setTitle] = useState(draft?.title ?? '');
  const [about, setAbout] = useState(draft?.about ?? '');
  const [place, setPlace] = useState(draft?.place.startsWith('channel:') ? draft.place : '');
  const [minutes, setMinutes] = useState(draft?.minutes ?? 30);
  const [times, setTimes] = useState(() => timesToBegin(draft?.times ?? [], day));
  const [ends, setEnds] = useState(() => endToBegin(times, nowMicros(), timeZone));
  const [people, setPeople] = useState<Person[]>([]);
  useNamed(draft?.people ?? noOne, setPeople);
  const [showsNames, setShowsNames] = useState(false);
  const [window, setWindow] = useState<{ from: number; to: number } | null>(null);
  const places = usePlaces().filter(({ value }) => !value.startsWith('space:'));
  const ask = useAskWhen();
  const errors = fieldErrors(ask.error);
  const asked = people.map((person) => person.id);
  const send = (asks: boolean) =>
    ask.mutate(newPollOf(id, { title, about, place, people: asked, minutes, times }, { ends, showsNames, timeZone, asks }), { onSuccess: onAsked });
  const offered: readonly number[] = lengths;
  const all = offered.includes(minutes) ? offered : [minutes, ...offered];
  return (
    <Dialog
      title={t('ask_when')}
      hint={t('ask_when_hint')}
      size="l"
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={ask.isPending}>
            {t('poll_ask')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={() => send(false)}>
        <TextField label={t('title')} value={title} onChange={setTitle} required maxLength={120} data-autofocus error={errors['title']} />
        <TextArea label={t('poll_about')} optional value={about} onChange={setAbout} rows={2} maxLength={500} error={errors['about']} />
        <Select label={t('length')} value={String(minutes)} options={all.map((value) => ({ value: String(value), label: sayMinutes(value, currentLocale()) }))} onChange={(value) => setMinutes(Number(value))} />
        <Select label={t('belongs_to')} value={place} options={places} onChange={setPlace} />
        <AskedFields PickPeople={PickPeople} people={people} onPeople={setPeople} me={me?.id} errors={errors} />
        <PollTimes times={times} onChange={setTimes} day={day} errors={errors} />
        <div>
          <Button size="s" tone="outline" onClick={() => setWindow(windowFrom(times[0]?.day || day, timeZone))}>
            {t('find_time')}
          </Button>
        </div>
        {window && (
          <SlotFinder
            key={JSON.stringify([window, asked, minutes])}
            asked={{ aim: 'decide', minutes, people: asked.map((person_id) => ({ person_id })), ...window }}
            timeZone={timeZone}
            instead={null}
            adds={new Set(times.map((time) => `${time.day}T${time.clock}`))}
            onChoose={(slot) => setTimes([...times, wallTimeOf(slot.starts_at, timeZone)])}
          />
        )}
        <div className={styles.ends}>
          <TextField label={t('poll_until')} type="date" value={ends.day} onChange={(next) => setEnds({ ...ends, day: next })} required error={errors['ends_at']} />
          <TextField label={t('poll_until_clock')} type="time" value={ends.clock} onChange={(clock) => setEnds({ ...ends, clock })} required />
        </div>
        <Switch label={t('poll_shows_names')} hint={t('poll_shows_names_hint')} checked={showsNames} onChange={setShowsNames} />
        {isProblem(ask.error, 'meeting-refused') ? <RefusedLine error={ask.error} people={me ? [me, ...people] : people} onAsk={() => send(true)} /> : <FormError error={ask.error} />}
      </Form>
    </Dialog>
  );
}
