import { IconBell, IconDots, IconHash, IconLogout, IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { askForLevel } from '@/lib/levelDialog';
import { navigate } from '@/router/location';
import type { Space } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { useText } from '../strings';
import type { OpenDialog } from './SidebarDialogs';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** What stands beside a space's name: add a channel, and the rest. */
export function SpaceMenu({ space, openDialog }: { space: Space; openDialog: OpenDialog }) {
  const t = useText();
  const { name, id: spaceId } = space;
  const browse = (tab?: 'members') => navigate({ to: '/browse/$spaceId', params: { spaceId }, search: tab ? { tab } : {} });
  return (
    <>
      <Menu
        label={t('space_menu', { name })}
        trigger={(props) => (
          <IconButton {...props} size="s" label={t('space_menu', { name })}>
            <IconDots {...icon} />
          </IconButton>
        )}
      >
        <MenuItem icon={<IconSearch {...icon} />} onSelect={() => browse()}>
          {t('browse_channels')}
        </MenuItem>
        <MenuItem icon={<IconHash {...icon} />} onSelect={() => openDialog({ kind: 'create-channel', space })}>
          {t('create_channel')}
        </MenuItem>
        <MenuItem icon={<IconUsers {...icon} />} onSelect={() => browse('members')}>
          {t('members_and_settings')}
        </MenuItem>
        <MenuItem icon={<IconBell {...icon} />} onSelect={() => askForLevel({ kind: 'space', id: spaceId, name })}>
          {t('told')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<IconLogout className="mirror" {...icon} />} onSelect={() => openDialog({ kind: 'leave-space', space })}>
          {t('leave_space')}
        </MenuItem>
      </Menu>
      <IconButton size="s" label={t('add_channel', { name })} onClick={() => openDialog({ kind: 'create-channel', space })}>
        <IconPlus {...icon} />
      </IconButton>
    </>
  );
}
