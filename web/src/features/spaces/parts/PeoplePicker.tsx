import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id, Person } from '@/api/types';
import { useDebounced } from '@/lib/useDebounced';
import { ErrorState } from '@/ui/ErrorState';
import { Face } from '@/ui/Face';
import { SearchField } from '@/ui/SearchField';
import { Skeleton } from '@/ui/Skeleton';
import { useListbox } from '@/ui/useListbox';
import { peopleByNameQuery } from '../queries';
import { useText } from '../strings';
import { ChosenPeople } from './ChosenPeople';
import styles from './PeoplePicker.module.css';

export type PeoplePickerProps = {
  chosen: Person[];
  onChange: (chosen: Person[]) => void;
  /** Never offered: myself, those already in. */
  without: ReadonlySet<Id>;
  max: number;
  /** Only people of this space. */
  spaceId?: Id | undefined;
};

/** Choosing people by name: a field, the list below it, and those chosen above. */
export function PeoplePicker({ chosen, onChange, without, max, spaceId }: PeoplePickerProps) {
  const t = useText();
  const [text, setText] = useState('');
  const { data, error, isPending, refetch } = useQuery(peopleByNameQuery(useDebounced(text.trim()), spaceId));
  const offered = (data ?? []).filter((person) => !without.has(person.id));
  const isChosen = (person: Person) => chosen.some((other) => other.id === person.id);

  function toggle(person: Person) {
    if (isChosen(person)) onChange(chosen.filter((other) => other.id !== person.id));
    else if (chosen.length < max) {
      onChange([...chosen, person]);
      setText('');
    }
  }

  const list = useListbox({
    n_options: offered.length,
    onChoose: (idx) => offered[idx] && toggle(offered[idx]),
    onOtherKey: (event) => event.key === 'Backspace' && !text && onChange(chosen.slice(0, -1)),
  });

  return (
    <div>
      <ChosenPeople people={chosen} onRemove={toggle} />
      <SearchField label={t('find_people')} value={text} onChange={setText} data-autofocus {...list.input} />
      {chosen.length >= max && <p className={styles.note}>{t('enough_people', { count: max })}</p>}
      {isPending && <Skeleton rows={3} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && offered.length === 0 && <p className={styles.note}>{text ? t('nobody_found') : t('nobody_else')}</p>}
      <ul id={list.listId} role="listbox" aria-label={t('people')} aria-multiselectable="true" className={styles.list}>
        {offered.map((person, idx) => (
          <li
            key={person.id}
            id={list.optionId(idx)}
            role="option"
            aria-selected={isChosen(person)}
            data-active={idx === list.activeIdx || undefined}
            className={styles.option}
            onMouseEnter={() => list.setActiveIdx(idx)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => toggle(person)}
          >
            <Face {...person} size={26} />
            <span dir="auto">{person.name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
