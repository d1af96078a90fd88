import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';

/** Says that no person speaks here, or one who is only visiting. */
export function KindChip({ id }: { id: Id }) {
  const t = useText();
  const person = usePerson(id);
  if (person?.bot) return <Chip>{t('bot')}</Chip>;
  return person?.link_guest ? <Chip>{t('guest')}</Chip> : null;
}
