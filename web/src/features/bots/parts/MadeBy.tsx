import type { Id, Person } from '@/api/types';
import { useText } from '../strings';

/** Whose rights a hook has. */
export function MadeBy({ id, people }: { id: Id; people: readonly Person[] }) {
  const t = useText();
  const maker = people.find((person) => person.id === id);
  return maker ? <bdi>{t('made_by', { name: maker.name })}</bdi> : null;
}
