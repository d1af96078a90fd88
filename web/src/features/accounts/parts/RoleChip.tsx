import type { Person } from '@/api/types';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';

/** The role, unless it is the common one. */
export function RoleChip({ person }: { person: Person }) {
  const t = useText();
  if (person.link_guest) return <Chip>{t('role_guest')}</Chip>;
  if (person.deactivated) return <Chip>{t('deactivated')}</Chip>;
  if (person.role === 'member') return null;
  return <Chip tone={person.role === 'guest' ? 'calm' : 'accent'}>{t(`role_${person.role}`)}</Chip>;
}
