import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';

/** Says that no person speaks here. */
export function BotChip({ id }: { id: Id }) {
  const t = useText();
  return usePerson(id)?.bot ? <Chip>{t('bot')}</Chip> : null;
}
