import {
  IconArrowDown,
  IconArrowUp,
  IconBell,
  IconDots,
  IconInfoCircle,
  IconLogout,
  IconMessages,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react';
import { askForLevel } from '@/lib/levelDialog';
import { navigate } from '@/router/location';
import type { ChannelRow } from '@/api/types';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { usePreference } from '../changes';
import { useText } from '../strings';
import styles from './ChannelLink.module.css';

export type ChannelMenuProps = {
  row: ChannelRow;
  name: string;
  /** Absent at the ends of the section. */
  onMoveUp: (() => void) | undefined;
  onMoveDown: (() => void) | undefined;
  onLeave: (row: ChannelRow) => void;
};

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

export function ChannelMenu({ row, name, onMoveUp, onMoveDown, onLeave }: ChannelMenuProps) {
  const t = useText();
  const { mutate: prefer } = usePreference();
  const { id, favourite } = row;
  return (
    <Menu
      label={t('row_menu', { name })}
      trigger={(props) => (
        <IconButton {...props} className={styles.more} size="s" label={t('row_menu', { name })}>
          <IconDots {...icon} />
        </IconButton>
      )}
    >
      <MenuItem icon={favourite ? <IconPinnedOff {...icon} /> : <IconPin {...icon} />} onSelect={() => prefer({ id, favourite: !favourite })}>
        {favourite ? t('unpin') : t('pin')}
      </MenuItem>
      <MenuItem icon={<IconBell {...icon} />} onSelect={() => askForLevel({ kind: 'channel', id, name })}>
        {t('told')}
      </MenuItem>
      <MenuItem icon={<IconArrowUp {...icon} />} disabled={!onMoveUp} onSelect={() => onMoveUp?.()}>
        {t('move_up')}
      </MenuItem>
      <MenuItem icon={<IconArrowDown {...icon} />} disabled={!onMoveDown} onSelect={() => onMoveDown?.()}>
        {t('move_down')}
      </MenuItem>
      <MenuLine />
      <MenuItem
        icon={<IconInfoCircle {...icon} />}
        onSelect={() => navigate({ to: '/c/$channelId', params: { channelId: id }, search: { about: true } })}
      >
        {t('members_and_details')}
      </MenuItem>
      <MenuItem
        icon={<IconMessages {...icon} />}
        onSelect={() => navigate({ to: '/c/$channelId', params: { channelId: id }, search: { transcript: true } })}
      >
        {t('export_transcript')}
      </MenuItem>
      {row.kind !== 'direct' && (
        <MenuItem icon={<IconLogout className="mirror" {...icon} />} onSelect={() => onLeave(row)}>
          {t('leave')}
        </MenuItem>
      )}
    </Menu>
  );
}
