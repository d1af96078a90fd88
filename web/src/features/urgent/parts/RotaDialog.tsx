import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Id, Person, RotaView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { listTimeZones } from '@/lib/time';
import { findPerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { IconButton } from '@/ui/IconButton';
import { Select } from '@/ui/Select';
import { TextField } from '@/ui/TextField';
import { clockOf, minutesOf } from '../model';
import { useChangeRota } from '../queries';
import { useText } from '../strings';
import type { PickPeople } from './pickPeople';
import styles from './Urgent.module.css';

const MAX_PEOPLE = 50;
/** A Monday. */
const SOME_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

type RotaDialogProps = { view: RotaView; onClose: () => void; PickPeople: PickPeople };

/** Who is on call in turn, and when it is handed over. */
export function RotaDialog({ view: { rota }, onClose, PickPeople }: RotaDialogProps) {
  const t = useText();
  const formId = useId();
  const cache = useQueryClient();
  const known = (id: Id) => findPerson(cache, id) ?? [];
  const [people, setPeople] = useState<Person[]>(() => rota.members.flatMap(({ person_id }) => known(person_id)));
  const [weekday, setWeekday] = useState(String(rota.weekday));
  const [clock, setClock] = useState(clockOf(rota.from_min));
  const [zone, setZone] = useState(rota.time_zone);
  const change = useChangeRota(rota.space_id);
  const from_min = minutesOf(clock);
  const save = () => {
    if (from_min === null || change.isPending) return;
    const { chain, revision } = rota;
    const next = { time_zone: zone, weekday: Number(weekday), from_min, people: people.map(({ id }) => id), chain, revision };
    change.mutate({ kind: 'save', rota: next }, { onSuccess: onClose });
  };
  const up = (idx: number) => {
    const moved = people[idx];
    if (moved) setPeople(people.toSpliced(idx, 1).toSpliced(idx - 1, 0, moved));
  };
  const weekdayName = (day: number) =>
    new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', timeZone: 'UTC' }).format(new Date(SOME_MONDAY + (day - 1) * DAY_MS));
  const zones = listTimeZones();
  const offered = zones.includes(zone) ? zones : [zone, ...zones];
  return (
    <Dialog
      title={t('change_rota')}
      hint={t('change_rota_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={change.isPending} disabled={from_min === null}>
            {t('save')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={save}>
        <div className={styles.two}>
          <Select
            label={t('weekday')}
            value={weekday}
            options={[1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), label: weekdayName(day) }))}
            onChange={setWeekday}
          />
          <TextField label={t('clock')} type="time" value={clock} onChange={setClock} required />
        </div>
        <Select label={t('zone')} value={zone} options={offered.map((value) => ({ value, label: value.replaceAll('_', ' ') }))} onChange={setZone} />
        {people.length > 0 && (
          <CardList label={t('order')}>
            {people.map((person, idx) => (
              <CardRow
                key={person.id}
                title={person.name}
                end={
                  <>
                    {idx > 0 && (
                      <IconButton label={t('earlier', { name: person.name })} size="s" onClick={() => up(idx)}>
                        <IconArrowUp size={16} stroke={1.6} aria-hidden="true" />
                      </IconButton>
                    )}
                    {idx < people.length - 1 && (
                      <IconButton label={t('later', { name: person.name })} size="s" onClick={() => up(idx + 1)}>
                        <IconArrowDown size={16} stroke={1.6} aria-hidden="true" />
                      </IconButton>
                    )}
                    <IconButton label={t('remove_step', { name: person.name })} size="s" onClick={() => setPeople(people.toSpliced(idx, 1))}>
                      <IconX size={16} stroke={1.6} aria-hidden="true" />
                    </IconButton>
                  </>
                }
              />
            ))}
          </CardList>
        )}
        {people.length < MAX_PEOPLE && (
          // Who has a turn stands in the order above, and nowhere else.
          <div role="group" aria-label={t('add_person')}>
            <PickPeople chosen={[]} onChange={(more) => setPeople([...people, ...more])} without={new Set(people.map(({ id }) => id))} max={1} spaceId={rota.space_id} />
          </div>
        )}
        <FormError error={change.error} />
      </Form>
    </Dialog>
  );
}
