import type { Id, Person } from '@/api/types';
import { Switch } from '@/ui/Switch';
import { useText } from '../strings';
import { GroupField } from './GroupField';
import type { PickPeople } from './pickPeople';
import styles from './Schedule.module.css';

const MAX = 99;

type InvitedFieldsProps = {
  PickPeople: PickPeople;
  people: Person[];
  optional: ReadonlySet<Id>;
  onPeople: (people: Person[]) => void;
  onOptional: (optional: ReadonlySet<Id>) => void;
  me: Id | undefined;
  errors: Record<string, string>;
};

/** Who is invited, and without whom it makes no sense. */
export function InvitedFields({ PickPeople, people, optional, onPeople, onOptional, me, errors }: InvitedFieldsProps) {
  const t = useText();
  const error = Object.entries(errors).find(([pointer]) => pointer.startsWith('people'));
  const wrong = error ? people[Number(error[0].split('/')[1])] : undefined;
  function toggle(id: Id, isNeeded: boolean) {
    const next = new Set(optional);
    if (isNeeded) next.delete(id);
    else next.add(id);
    onOptional(next);
  }
  return (
    <fieldset className={styles.invited}>
      <legend>{t('who')}</legend>
      <PickPeople chosen={people} onChange={onPeople} without={new Set(me ? [me] : [])} max={MAX} />
      <GroupField people={people} onPeople={onPeople} me={me} max={MAX} />
      {error && (
        <p role="alert" className={styles.wrong}>
          {wrong ? `${wrong.name}: ${error[1]}` : error[1]}
        </p>
      )}
      {people.length > 0 && (
        <div className={styles.needed}>
          {people.map((person) => (
            <Switch key={person.id} label={t('is_needed', { name: person.name })} checked={!optional.has(person.id)} onChange={(isNeeded) => toggle(person.id, isNeeded)} />
          ))}
        </div>
      )}
    </fieldset>
  );
}
