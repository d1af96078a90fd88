import { IconX } from '@tabler/icons-react';
import type { Person } from '@/api/types';
import { useText } from '../strings';
import styles from './ChosenPeople.module.css';

export function ChosenPeople({ people, onRemove }: { people: Person[]; onRemove: (person: Person) => void }) {
  const t = useText();
  if (people.length === 0) return null;
  return (
    <ul className={styles.chosen} aria-label={t('chosen')}>
      {people.map((person) => (
        <li key={person.id}>
          <button type="button" className={styles.person} onClick={() => onRemove(person)} aria-label={t('take_out', { name: person.name })}>
            <span dir="auto">{person.name}</span>
            <IconX size={14} stroke={2} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
