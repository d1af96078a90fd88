import type { Me, Person } from '@/api/types';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { Face } from '@/ui/Face';
import { LinkButton } from '@/ui/LinkButton';
import { canManage } from '../model';
import { useText } from '../strings';
import { RoleChip } from './RoleChip';

export function PersonAdminRow({ me, person }: { me: Me; person: Person }) {
  const t = useText();
  return (
    <CardRow
      lead={<Face {...person} size={36} />}
      title={person.name}
      text={t(`role_${person.role}`)}
      end={
        <>
          {person.id === me.id && <Chip>{t('you')}</Chip>}
          {person.deactivated && <RoleChip person={person} />}
          {canManage(me, person) && (
            <LinkButton
              size="s"
              tone="outline"
              to="/people/$personId"
              params={{ personId: person.id }}
              aria-label={t('manage_name', { name: person.name })}
            >
              {t('manage')}
            </LinkButton>
          )}
        </>
      }
    />
  );
}
