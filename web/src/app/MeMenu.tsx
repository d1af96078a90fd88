import { IconClock, IconKeyboard, IconLogout, IconMoodSmile, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import { navigate } from '@/router/location';
import type { Me } from '@/api/types';
import { readAppearance, saveAppearance } from '@/lib/appearance';
import { Face } from '@/ui/Face';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { StatusEmoji } from '@/ui/StatusEmoji';
import { signOut } from './signOut';
import { useText } from './strings';
import type { Overlay } from './useShortcuts';
import styles from './Rail.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

export function MeMenu({ me, onOverlay }: { me: Me; onOverlay: (overlay: Overlay) => void }) {
  const t = useText();
  const isDark = document.documentElement.dataset['mantineColorScheme'] === 'dark';
  return (
    <Menu
      label={t('you')}
      trigger={(props) => (
        <button {...props} type="button" className={styles.me} aria-label={t('profile_and_settings', { name: me.name })}>
          <Face {...me} size={34} />
        </button>
      )}
    >
      <span className={styles.meName} dir="auto">
        {me.name} <StatusEmoji status={me.status} />
      </span>
      <span className={styles.meMail}>{me.email}</span>
      <MenuLine />
      <MenuItem icon={<IconUser {...icon} />} onSelect={() => navigate({ to: '/settings/$page', params: { page: 'profile' } })}>
        {t('profile')}
      </MenuItem>
      <MenuItem icon={<IconClock {...icon} />} onSelect={() => navigate({ to: '/settings/$page', params: { page: 'time' } })}>
        {t('hours_and_focus')}
      </MenuItem>
      <MenuItem icon={<IconMoodSmile {...icon} />} onSelect={() => onOverlay('status')}>
        {t('set_status')}
      </MenuItem>
      <MenuItem
        icon={isDark ? <IconSun {...icon} /> : <IconMoon {...icon} />}
        onSelect={() => saveAppearance({ ...readAppearance(), scheme: isDark ? 'light' : 'dark' })}
      >
        {isDark ? t('use_light') : t('use_dark')}
      </MenuItem>
      <MenuItem icon={<IconKeyboard {...icon} />} hint="?" onSelect={() => onOverlay('shortcuts')}>
        {t('shortcuts')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<IconLogout className="mirror" {...icon} />} onSelect={() => void signOut()}>
        {t('sign_out')}
      </MenuItem>
    </Menu>
  );
}
