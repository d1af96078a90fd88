import { IconArrowUp, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Id, RotaStep, RotaView } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { IconButton } from '@/ui/IconButton';
import { Select } from '@/ui/Select';
import { useChangeRota, useNames } from '../queries';
import { useText } from '../strings';
import type { KnownGroups, PickPeople } from './pickPeople';
import styles from './Urgent.module.css';

const MAX_STEPS = 6;
const WAITS = [2, 5, 10, 15, 30, 60];
const USUAL_WAIT = 10;

type ChainDialogProps = { view: RotaView; onClose: () => void; PickPeople: PickPeople; groups: KnownGroups };

/** Who is called after whom, when nobody takes it. */
export function ChainDialog({ view: { rota }, onClose, PickPeople, groups }: ChainDialogProps) {
  const t = useText();
  const formId = useId();
  const cache = useQueryClient();
  const [chain, setChain] = useState<RotaStep[]>(rota.chain);
  const change = useChangeRota(rota.space_id);
  const named = chain.flatMap(({ person_id }) => person_id ?? []);
  const nameOf = useNames(named);
  const save = () => {
    const people = rota.members.map(({ person_id }) => person_id);
    const { time_zone, weekday, from_min, revision } = rota;
    change.mutate({ kind: 'save', rota: { time_zone, weekday, from_min, people, chain, revision } }, { onSuccess: onClose });
  };
  const up = (idx: number) => {
    const moved = chain[idx];
    if (moved) setChain(chain.toSpliced(idx, 1).toSpliced(idx - 1, 0, moved));
  };
  const labelOf = ({ person_id, group_id }: RotaStep) => {
    if (person_id) return nameOf(person_id);
    return group_id ? (groups.find(({ id }) => id === group_id)?.name ?? t('a_group')) : t('whoever_on_call');
  };
  const others = groups.filter(({ id }) => !chain.some(({ group_id }) => group_id === id));
  const isFull = chain.length >= MAX_STEPS;
  return (
    <Dialog
      title={t('change_chain')}
      hint={t('change_chain_hint')}
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
        {chain.map((step, idx) => (
          <div key={idx} className={styles.line} role="group" aria-label={labelOf(step)}>
            <Select
              label={t('step', { n: idx + 1, name: labelOf(step) })}
              value={String(step.wait_min)}
              options={[...new Set([...WAITS, step.wait_min])].sort((a, b) => a - b).map((wait) => ({ value: String(wait), label: t('waits', { count: wait }) }))}
              onChange={(wait) => setChain(chain.with(idx, { ...step, wait_min: Number(wait) }))}
            />
            {idx > 0 && (
              <IconButton label={t('earlier', { name: labelOf(step) })} onClick={() => up(idx)}>
                <IconArrowUp size={18} stroke={1.6} aria-hidden="true" />
              </IconButton>
            )}
            <IconButton label={t('remove_step', { name: labelOf(step) })} onClick={() => setChain(chain.toSpliced(idx, 1))}>
              <IconX size={18} stroke={1.6} aria-hidden="true" />
            </IconButton>
          </div>
        ))}
        {!isFull && (
          <>
            <Button tone="outline" onClick={() => setChain([...chain, { wait_min: USUAL_WAIT }])}>
              {t('add_on_call')}
            </Button>
            {others.length > 0 && (
              <Select
                label={t('add_group')}
                value=""
                options={[{ value: '', label: t('choose_group') }, ...others.map(({ id, name }) => ({ value: id as string, label: name }))]}
                onChange={(group_id) => group_id !== '' && setChain([...chain, { group_id, wait_min: USUAL_WAIT }])}
              />
            )}
            <div role="group" aria-label={t('add_person')}>
              <PickPeople
                chosen={[]}
                onChange={(people) => {
                  putPeople(cache, people);
                  setChain([...chain, ...people.map(({ id }): RotaStep => ({ person_id: id, wait_min: USUAL_WAIT }))]);
                }}
                without={new Set<Id>(named)}
                max={1}
                spaceId={rota.space_id}
              />
            </div>
          </>
        )}
        <FormError error={change.error} />
      </Form>
    </Dialog>
  );
}
