import type { Id, Person } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Choice } from '@/ui/Choice';
import { useText } from '../strings';
import type { PickPeople } from './pickPeople';

const MAX_PEOPLE = 5;

type WhomProps = {
  on_call_id: Id | null;
  isByName: boolean;
  onByName: (isByName: boolean) => void;
  chosen: Person[];
  onChosen: (chosen: Person[]) => void;
  without: ReadonlySet<Id>;
  space_id: Id | null;
  PickPeople: PickPeople;
};

/** Whoever is on call, or people by name. */
export function Whom({ on_call_id, isByName, onByName, chosen, onChosen, without, space_id, PickPeople }: WhomProps) {
  const t = useText();
  const name = usePerson(on_call_id ?? '')?.name;
  return (
    <>
      {on_call_id !== null && name && (
        <Choice
          legend={t('whom')}
          value={isByName ? 'names' : 'on_call'}
          row
          options={[
            { value: 'on_call', label: t('whoever_on_call'), hint: t('on_call_is', { name }) },
            { value: 'names', label: t('by_name'), hint: t('by_name_hint') },
          ]}
          onChange={(value) => onByName(value === 'names')}
        />
      )}
      {isByName && (
        <div role="group" aria-label={t('whom')}>
          <PickPeople chosen={chosen} onChange={onChosen} without={without} max={MAX_PEOPLE} spaceId={space_id ?? undefined} />
        </div>
      )}
    </>
  );
}
