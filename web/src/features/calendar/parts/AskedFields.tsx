import type { Id, Person } from '@/api/types';
import { useText } from '../strings';
import { GroupField } from './GroupField';
import type { PickPeople } from './pickPeople';
import styles from './Schedule.module.css';

const MAX = 99;

type AskedFieldsProps = { PickPeople: PickPeople; people: Person[]; onPeople: (people: Person[]) => void; me: Id | undefined; errors: Record<string, string> };

/** Who is asked in the app. */
export function AskedFields({ PickPeople, people, onPeople, me, errors }: AskedFieldsProps) {
  const t = useText();
  const error = Object.entries(errors).find(([pointer]) => pointer.startsWith('people'));
  const wrong = error ? people[Number(error[0].split('/')[1])] : undefined;
  return (
    <fieldset className={styles.invited}>
      <legend>{t('poll_asked')}</legend>
      <PickPeople chosen={people} onChange={onPeople} without={new Set(me ? [me] : [])} max={MAX} />
      <GroupField people={people} onPeople={onPeople} me={me} max={MAX} />
      {error && (
        <p role="alert" className={styles.wrong}>
          {wrong ? `${wrong.name}: ${error[1]}` : error[1]}
        </p>
      )}
    </fieldset>
  );
}
