import { useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import type { Id } from '@/api/types';
import { useMe } from '@/realtime/start';
import { ErrorState } from '@/ui/ErrorState';
import { LinkTabs, type LinkTab } from '@/ui/LinkTabs';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { TextLink } from '@/ui/TextLink';
import { SpaceChannels } from '../parts/SpaceChannels';
import { SpaceMembers } from '../parts/SpaceMembers';
import { SpaceSettings } from '../parts/SpaceSettings';
import { spaceQuery } from '../queries';
import { useText } from '../strings';

export type SpaceTab = 'channels' | 'members' | 'groups' | 'settings';

export type SpaceScreenProps = {
  spaceId: Id;
  tab: SpaceTab;
  /** Another feature's part, handed in by the app. */
  Groups: ComponentType<{ spaceId: Id; canManage: boolean }>;
  /** What other features have to say on the page of settings. */
  settings: ReactNode;
};

/** One space: its channels to browse and join, its members and groups, and how it is set up. */
export function SpaceScreen({ spaceId, tab, Groups, settings }: SpaceScreenProps) {
  const t = useText();
  const me = useMe();
  const { data: space, error, refetch } = useQuery(spaceQuery(spaceId));
  const isAdmin = space?.my_role === 'admin' || me?.role === 'owner' || me?.role === 'admin';
  const tabs: LinkTab[] = [
    { key: 'channels', label: t('channels'), target: { to: '/browse/$spaceId', params: { spaceId }, search: {} } },
    { key: 'members', label: t('members'), target: { to: '/browse/$spaceId', params: { spaceId }, search: { tab: 'members' } } },
    { key: 'groups', label: t('groups'), target: { to: '/browse/$spaceId', params: { spaceId }, search: { tab: 'groups' } } },
    { key: 'settings', label: t('space_settings'), target: { to: '/browse/$spaceId', params: { spaceId }, search: { tab: 'settings' } } },
  ];
  return (
    <Pane>
      <PaneHeader
        title={space?.name ?? t('space')}
        subtitle={space && [t(`kind_${space.kind}`), t('n_members', { count: space.n_members })].join(' · ')}
        back="/browse"
        focusKey={spaceId}
      />
      <LinkTabs label={space?.name ?? t('space')} current={tab} tabs={tabs} />
      <PaneBody>
        {!space && !error && <Skeleton />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} action={<TextLink to="/browse">{t('browse_spaces')}</TextLink>} />}
        {space && tab === 'channels' && <SpaceChannels space={space} />}
        {space && tab === 'members' && <SpaceMembers space={space} canManage={isAdmin} />}
        {space && tab === 'groups' && <Groups spaceId={space.id} canManage={isAdmin} />}
        {space && tab === 'settings' && <SpaceSettings space={space} canManage={isAdmin}>{settings}</SpaceSettings>}
      </PaneBody>
    </Pane>
  );
}
