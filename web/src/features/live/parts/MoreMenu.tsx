import { IconDoorExit, IconDots, IconHeadphones, IconHelp, IconLanguage, IconLayoutGrid, IconListNumbers, IconLock, IconPictureInPicture, IconScreenShare, IconSitemap, IconUsers, IconVideo } from '@tabler/icons-react';
import type { LiveLayout, LiveView } from '@/api/types';
import { settle } from '@/lib/settle';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { MenuItem } from '@/ui/MenuItem';
import { MenuLine } from '@/ui/MenuLine';
import { tellRefusal } from '@/ui/tellRefusal';
import { useIsPhone } from '@/ui/useIsPhone';
import type { Call, CallView } from '../engine/call';
import type { Layout } from '../model';
import { useChangeLive } from '../queries';
import { useText } from '../strings';
import { Reactions } from './Reactions';
import type { PanelName } from './Beside';

type MoreMenuProps = {
  live: LiveView;
  isHost: boolean;
  view: CallView;
  call: Call;
  /** What I chose for myself; null: as those who host arrange it. */
  layout: Layout | null;
  panel: PanelName | null;
  seesInterpreters: boolean;
  onInterpreters: () => void;
  onLayout: (layout: Layout | null) => void;
  onPanel: (name: PanelName) => void;
  onCamera: () => void;
  onEnd: () => void;
};

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;
const LAYOUTS = ['grid', 'speaker', 'content'] as const;

/** What is not needed at once. */
export function MoreMenu({ live: { session }, isHost, view, call, layout, panel, seesInterpreters, onInterpreters, onLayout, onPanel, onCamera, onEnd }: MoreMenuProps) {
  const t = useText();
  const isPhone = useIsPhone();
  const change = useChangeLive(session.channel_id, session.id);
  const changeTo = (wanted: Parameters<typeof change.mutateAsync>[0]) => settle(change.mutateAsync(wanted), { onError: tellRefusal });
  const video = () => document.querySelector<HTMLVideoElement>('[data-speaking] video, [data-in] video');
  return (
    <Menu
      label={t('more')}
      align="end"
      trigger={(props) => (
        <IconButton label={t('more')} {...props}>
          <IconDots size={20} stroke={1.6} aria-hidden="true" />
        </IconButton>
      )}
    >
      {isPhone && (
        <>
          <Reactions session={session} />
          <MenuLine />
          <MenuItem icon={<IconUsers {...icon} />} onSelect={() => onPanel('people')}>
            {t('people')}
          </MenuItem>
          {view.canSpeak && 'getDisplayMedia' in (navigator.mediaDevices ?? {}) && (
            <MenuItem icon={<IconScreenShare {...icon} />} checked={view.screen} onSelect={() => void call.setScreen(!view.screen)}>
              {t('share')}
            </MenuItem>
          )}
        </>
      )}
      <MenuItem icon={<IconListNumbers {...icon} />} checked={panel === 'agenda'} onSelect={() => onPanel('agenda')}>
        {t('agenda')}
      </MenuItem>
      {session.backchannel_id && (
        <MenuItem icon={<IconHelp {...icon} />} checked={panel === 'questions'} onSelect={() => onPanel('questions')}>
          {t('questions')}
        </MenuItem>
      )}
      {(isHost || session.n_breakouts > 0) && (
        <MenuItem icon={<IconSitemap {...icon} />} checked={panel === 'rooms'} onSelect={() => onPanel('rooms')}>
          {t('rooms')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem checked={layout === null} icon={<IconLayoutGrid {...icon} />} onSelect={() => onLayout(null)}>
        {t('layout_follow')}
      </MenuItem>
      {LAYOUTS.map((one) => (
        <MenuItem key={one} checked={layout === one} icon={null} onSelect={() => onLayout(one)}>
          {t(`layout_${one}`)}
        </MenuItem>
      ))}
      {session.interpreters.length > 0 && (
        <MenuItem icon={<IconLanguage {...icon} />} checked={seesInterpreters} onSelect={onInterpreters}>
          {t('see_interpreters')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<IconHeadphones {...icon} />} checked={view.audioOnly} onSelect={() => void call.setAudioOnly(!view.audioOnly)}>
        {t('only_sound')}
      </MenuItem>
      {view.canSpeak && (
        <MenuItem icon={<IconVideo {...icon} />} onSelect={onCamera}>
          {t('camera_and_background')}
        </MenuItem>
      )}
      {document.pictureInPictureEnabled && (
        <MenuItem icon={<IconPictureInPicture {...icon} />} disabled={video() === null} hint={video() === null ? t('no_picture') : undefined} onSelect={() => void video()?.requestPictureInPicture()}>
          {t('picture_in_picture')}
        </MenuItem>
      )}
      {isHost && (
        <>
          <MenuLine />
          {(['free', ...LAYOUTS] as LiveLayout[]).map((one) => (
            <MenuItem key={one} checked={session.layout === one} icon={null} onSelect={() => changeTo({ layout: one })}>
              {t(`for_all_${one}`)}
            </MenuItem>
          ))}
          {session.pinned_id && (
            <MenuItem icon={null} onSelect={() => changeTo({ unpin: true })}>
              {t('unpin_for_all')}
            </MenuItem>
          )}
          <MenuItem icon={<IconLock {...icon} />} checked={session.is_locked} onSelect={() => changeTo({ is_locked: !session.is_locked })}>
            {t('lock')}
          </MenuItem>
          <MenuItem icon={<IconDoorExit {...icon} />} tone="danger" onSelect={onEnd}>
            {t('end')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
