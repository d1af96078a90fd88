import type { ReactNode } from 'react';
import { useMe, useStart } from '@/realtime/start';
import { EmptyState } from '@/ui/EmptyState';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { TextLink } from '@/ui/TextLink';
import type { Me, Workspace } from '@/api/types';
import { findSettingsPage, isAdmin, type SettingsPage } from '../model';
import { AppearancePage } from '../parts/AppearancePage';
import { MailPage } from '../parts/MailPage';
import { InvitationsPage } from '../parts/InvitationsPage';
import { PeoplePage } from '../parts/PeoplePage';
import { ProfilePage } from '../parts/ProfilePage';
import { SessionsPage } from '../parts/SessionsPage';
import { TokensPage } from '../parts/TokensPage';
import { WorkspacePage } from '../parts/WorkspacePage';
import { useText } from '../strings';

/** `extra` stands below the page, or is all of it; for what other features add. */
export function SettingsScreen({ page: name, moderates, extra }: { page: string; moderates: boolean; extra?: ReactNode }) {
  const t = useText();
  const me = useMe();
  const { data: start } = useStart();
  if (!me || !start) return null;
  const page = findSettingsPage(name, me.role, moderates);
  return (
    <Pane>
      <PaneHeader title={page ? t(`page_${page}`) : t('settings')} back="/settings" />
      <PaneBody>
        {page ? (
          <>
            <Page page={page} me={me} workspace={start.workspace} />
            {extra}
          </>
        ) : (
          <EmptyState
            text={t('no_such_page')}
            action={
              <TextLink to="/settings/$page" params={{ page: 'profile' }}>
                {t('page_profile')}
              </TextLink>
            }
          />
        )}
      </PaneBody>
    </Pane>
  );
}

function Page({ page, me, workspace }: { page: SettingsPage; me: Me; workspace: Workspace }) {
  switch (page) {
    case 'profile':
      return <ProfilePage me={me} />;
    case 'appearance':
      return <AppearancePage />;
    case 'sessions':
      return <SessionsPage />;
    case 'tokens':
      return <TokensPage isAdmin={isAdmin(me.role)} />;
    case 'people':
      return <PeoplePage me={me} />;
    case 'invitations':
      return <InvitationsPage />;
    case 'workspace':
      return <WorkspacePage workspace={workspace} />;
    case 'mail':
      return <MailPage />;
    case 'time':
    case 'numbers':
    case 'privacy':
    case 'moderation':
    case 'audit':
    case 'health':
    case 'storage':
    case 'retention':
      // The whole page is another feature's.
      return null;
  }
}
