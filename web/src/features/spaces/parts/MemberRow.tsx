import { IconDots, IconUserMinus } from '@tabler/icons-react';
import { Link } from '@/router/Link';
import type { ChannelRole, Person, SpaceRole } from '@/api/types';
import { useMe } from '@/realtime/start';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { Face } from '@/ui/Face';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { StatusEmoji } from '@/ui/StatusEmoji';
import { useText } from '../strings';

type Role = SpaceRole | ChannelRole;

export type MemberRowProps<Given extends Role> = {
  person: Person;
  role: Given;
  /** Those that may be given here. */
  roles: readonly Given[];
  canManage: boolean;
  onRole: (role: Given) => void;
  onRemove: () => void;
};

export function MemberRow<Given extends Role>({ person, role, roles, canManage, onRole, onRemove }: MemberRowProps<Given>) {
  const t = useText();
  const me = useMe();
  const { name } = person;
  const menu = (
    <Menu
      label={t('member_menu', { name })}
      align="end"
      trigger={(props) => (
        <IconButton {...props} label={t('member_menu', { name })}>
          <IconDots size={18} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
    >
      {roles.map((choice) => (
        <MenuItem key={choice} checked={choice === role} onSelect={() => onRole(choice)}>
          {t(`member_${choice}`)}
        </MenuItem>
      ))}
      {roles.length > 0 && <MenuLine />}
      <MenuItem tone="danger" icon={<IconUserMinus size={16} stroke={1.6} aria-hidden="true" />} onSelect={onRemove}>
        {t('remove')}
      </MenuItem>
    </Menu>
  );
  return (
    <CardRow
      lead={<Face {...person} size={32} />}
      title={
        me?.link_guest ? (
          <bdi>{name}</bdi>
        ) : (
          <Link to="/people/$personId" params={{ personId: person.id }}>
            {name} <StatusEmoji status={person.status} />
          </Link>
        )
      }
      end={
        <>
          {person.link_guest && <Chip>{t('guest')}</Chip>}
          {role !== 'member' && <Chip>{t(`member_${role}`)}</Chip>}
          {person.id === me?.id && <Chip>{t('you')}</Chip>}
          {canManage && person.id !== me?.id && menu}
        </>
      }
    />
  );
}
