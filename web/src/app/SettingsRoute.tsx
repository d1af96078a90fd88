import { SettingsScreen } from '@/features/accounts/screens/SettingsScreen';
import { Navigate } from '@/router/Navigate';
import { useParams } from '@/router/usePlace';
import { lazy, Suspense } from 'react';
import { isAdmin } from '@/features/accounts/model';
import { moderates } from '@/features/moderation/model';
import { useStart } from '@/realtime/start';
import { useIsPhone } from '@/ui/useIsPhone';

const WorkspaceExportPart = lazy(() =>
  import('@/features/exports/parts/WorkspaceExportPart').then((module) => ({ default: module.WorkspaceExportPart })),
);

const LinkSettingsPart = lazy(() => import('@/features/links/parts/LinkSettingsPart').then((module) => ({ default: module.LinkSettingsPart })));

const EmojiPart = lazy(() => import('@/features/emoji/parts/EmojiPart').then((module) => ({ default: module.EmojiPart })));

const ModerationPage = lazy(() => import('@/features/moderation/parts/ModerationPage').then((module) => ({ default: module.ModerationPage })));

const PrivacyPage = lazy(() => import('@/features/moderation/parts/PrivacyPage').then((module) => ({ default: module.PrivacyPage })));

/** `/settings/<page>`; without a page the list on a phone, else the first page. */
export function SettingsRoute() {
  const { page } = useParams();
  const isPhone = useIsPhone();
  const { data: start } = useStart();
  const isModerator = start !== undefined && moderates(start);
  const extra = (
    <Suspense fallback={null}>
      {(page === 'workspace' || page === 'appearance') && <LinkSettingsPart isForAll={page === 'workspace'} />}
      {(page === 'workspace' || (page === 'appearance' && start && !isAdmin(start.me.role))) && <EmojiPart isAdmin={page === 'workspace'} />}
      {page === 'workspace' && start?.me.role === 'owner' && <WorkspaceExportPart />}
      {page === 'privacy' && <PrivacyPage />}
      {page === 'moderation' && isModerator && <ModerationPage />}
    </Suspense>
  );
  if (page) return <SettingsScreen key={page} page={page} moderates={isModerator} extra={extra} />;
  return isPhone ? null : <Navigate to="/settings/$page" params={{ page: 'profile' }} />;
}
