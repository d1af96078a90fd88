import { useState } from 'react';
import type { GroupView, Person } from '@/api/types';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { FormError } from '@/ui/FormError';
import { useAddMembers } from '../changes';
import { maxAtOnce } from '../limits';
import { useText } from '../strings';
import type { PickPeople } from './pickPeople';

export type AddMembersDialogProps = {
  group: GroupView;
  members: readonly Person[];
  PickPeople: PickPeople;
  onClose: () => void;
};

export function AddMembersDialog({ group, members, PickPeople, onClose }: AddMembersDialogProps) {
  const t = useText();
  const [chosen, setChosen] = useState<Person[]>([]);
  const add = useAddMembers(group.id);
  return (
    <Dialog
      title={t('add_to', { name: group.title })}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            tone="primary"
            busy={add.isPending}
            disabled={chosen.length === 0}
            onClick={() => add.mutate(chosen.map(({ id }) => id), { onSuccess: onClose })}
          >
            {t('add')}
          </Button>
        </>
      }
    >
      <PickPeople
        chosen={chosen}
        onChange={setChosen}
        without={new Set(members.map(({ id }) => id))}
        max={maxAtOnce}
        spaceId={group.space_id ?? undefined}
      />
      <FormError error={add.error} />
    </Dialog>
  );
}
