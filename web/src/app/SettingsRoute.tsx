import { SettingsScreen } from '@/features/accounts/screens/SettingsScreen';
import { Navigate } from '@/router/Navigate';
import { useParams } from '@/router/usePlace';
import { lazy, Suspense } from 'react';
import { useMe } from '@/realtime/start';
import { useIsPhone } from '@/ui/useIsPhone';

const WorkspaceExportPart = lazy(() =>
  import('@/features/exports/parts/WorkspaceExportPart').then((module) => ({ default: module.WorkspaceExportPart })),
);

const LinkSettingsPart = lazy(() => import('@/features/links/parts/LinkSettingsPart').then((module) => ({ default: module.LinkSettingsPart })));

/** `/settings/<page>`; without a page the list on a phone, else the first page. */
export function SettingsRoute() {
  const { page } = useParams();
  const isPhone = useIsPhone();
  const me = useMe();
  const extra = (page === 'workspace' || page === 'appearance') && (
    <Suspense fallback={null}>
      <LinkSettingsPart isForAll={page === 'workspace'} />
      {page === 'workspace' && me?.role === 'owner' && <WorkspaceExportPart />}
    </Suspense>
  );
  if (page) return <SettingsScreen key={page} page={page} extra={extra} />;
  return isPhone ? null : <Navigate to="/settings/$page" params={{ page: 'profile' }} />;
}
