import {
  IconArrowDown,
  IconArrowUp,
  IconBell,
  IconBellOff,
  IconFileExport,
  IconInfoCircle,
  IconLogout,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react';
import { navigate } from '@/router/location';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { usePreference } from '../changes';
import { useText } from '../strings';
import type { ChannelMenuProps } from './ChannelMenu';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** What one can do with a channel of one's sidebar. */
export function ChannelMenuItems({ row, onMoveUp, onMoveDown, onLeave }: Omit<ChannelMenuProps, 'name'>) {
  const t = useText();
  const { mutate: prefer } = usePreference();
  const { id, favourite, muted } = row;
  return (
    <>
      <MenuItem icon={favourite ? <IconPinnedOff {...icon} /> : <IconPin {...icon} />} onSelect={() => prefer({ id, favourite: !favourite })}>
        {favourite ? t('unpin') : t('pin')}
      </MenuItem>
      <MenuItem icon={muted ? <IconBell {...icon} /> : <IconBellOff {...icon} />} onSelect={() => prefer({ id, muted: !muted })}>
        {muted ? t('unmute') : t('mute')}
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
        icon={<IconFileExport {...icon} />}
        onSelect={() => navigate({ to: '/c/$channelId', params: { channelId: id }, search: { transcript: true } })}
      >
        {t('export_transcript')}
      </MenuItem>
      {row.kind !== 'direct' && (
        <MenuItem icon={<IconLogout className="mirror" {...icon} />} onSelect={() => onLeave(row)}>
          {t('leave')}
        </MenuItem>
      )}
    </>
  );
}
