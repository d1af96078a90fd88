import { useState } from 'react';
import type { Id, Person } from '@/api/types';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { useGroups, usePeopleOfGroup } from '../queries';
import { useText } from '../strings';

type GroupFieldProps = { people: Person[]; onPeople: (people: Person[]) => void; me: Id | undefined; max: number };

/** Everybody of a group at once, as they are now; who joins it later is not invited by that. */
export function GroupField({ people, onPeople, me, max }: GroupFieldProps) {
  const t = useText();
  const { data: groups = [] } = useGroups();
  const find = usePeopleOfGroup();
  const [tooMany, setTooMany] = useState(false);
  if (groups.length === 0) return null;
  const add = (group: Id) =>
    find.mutate(group, {
      onSuccess: (members) => {
        const known = new Set([me, ...people.map(({ id }) => id)]);
        const all = [...people, ...members.filter(({ id, bot, deactivated }) => !known.has(id) && !bot && !deactivated)];
        setTooMany(all.length > max);
        if (all.length <= max) onPeople(all);
      },
    });
  const options = [{ value: '', label: find.isPending ? t('group_looking') : t('group_choose') }, ...groups.map(({ id, handle }) => ({ value: id, label: `@${handle}` }))];
  return (
    <>
      <Select label={t('group_invite')} value="" options={options} onChange={(group) => group && add(group)} error={tooMany ? t('group_too_many', { max }) : undefined} />
      <FormError error={find.error} />
    </>
  );
}
