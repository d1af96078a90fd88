import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { useText } from '../strings';

export function PersonName({ id }: { id: Id }) {
  const t = useText();
  return <bdi>{usePerson(id)?.name ?? t('unknown_person')}</bdi>;
}
