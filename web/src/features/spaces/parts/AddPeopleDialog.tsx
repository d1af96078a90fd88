import { useState } from 'react';
import type { Id, Person } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { useText } from '../strings';
import { AddGroup } from './AddGroup';
import { PeoplePicker } from './PeoplePicker';

export type AddPeopleDialogProps = {
  /** Of the space or channel. */
  name: string;
  members: readonly { person: Person }[];
  onAdd: (id: Id) => Promise<void>;
  /** Where whole groups may come in. */
  place: { channel: Id } | { space: Id };
  onClose: () => void;
};

// One request a person; more at once belong into an invitation.
const maxAtOnce = 20;

export function AddPeopleDialog({ name, members, onAdd, place, onClose }: AddPeopleDialogProps) {
  const t = useText();
  const [chosen, setChosen] = useState<Person[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function add() {
    setBusy(true);
    try {
      for (const person of chosen) {
        await onAdd(person.id);
        setChosen((rest) => rest.filter((other) => other.id !== person.id));
      }
      onClose();
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('add_people_to', { name })}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" busy={isBusy} disabled={chosen.length === 0} onClick={() => void add()}>
            {t('add')}
          </Button>
        </>
      }
    >
      <PeoplePicker chosen={chosen} onChange={setChosen} without={new Set(members.map(({ person }) => person.id))} max={maxAtOnce} />
      <FormError error={error} />
      <AddGroup place={place} />
    </Dialog>
  );
}
