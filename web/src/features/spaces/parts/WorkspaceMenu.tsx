import { IconChevronDown, IconPlus, IconSearch, IconSettings, IconUserPlus } from '@tabler/icons-react';
import { navigate } from '@/router/location';
import type { Me, Workspace } from '@/api/types';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';
import type { OpenDialog } from './SidebarDialogs';
import styles from './Sidebar.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

export function WorkspaceMenu({ workspace, me, openDialog }: { workspace: Workspace; me: Me; openDialog: OpenDialog }) {
  const t = useText();
  const isAdmin = me.role === 'owner' || me.role === 'admin';
  return (
    <Menu
      label={t('workspace_menu')}
      trigger={(props) => (
        <button {...props} type="button" className={styles.workspace}>
          <span dir="auto">{workspace.name}</span>
          <IconChevronDown size={16} stroke={2} aria-hidden="true" />
        </button>
      )}
    >
      {isAdmin && (
        <MenuItem icon={<IconUserPlus {...icon} />} onSelect={() => navigate({ to: '/settings/$page', params: { page: 'invitations' } })}>
          {t('invite_people')}
        </MenuItem>
      )}
      {me.role !== 'guest' && (
        <MenuItem icon={<IconPlus {...icon} />} onSelect={() => openDialog({ kind: 'create-space' })}>
          {t('create_space')}
        </MenuItem>
      )}
      <MenuItem icon={<IconSearch {...icon} />} onSelect={() => navigate({ to: '/browse' })}>
        {t('browse_spaces')}
      </MenuItem>
      {isAdmin && (
        <MenuItem icon={<IconSettings {...icon} />} onSelect={() => navigate({ to: '/settings/$page', params: { page: 'workspace' } })}>
          {t('workspace_settings')}
        </MenuItem>
      )}
    </Menu>
  );
}
