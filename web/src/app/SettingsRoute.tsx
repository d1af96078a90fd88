import type { Role } from '@/api/types';
import { isAdmin } from '@/features/accounts/model';
import { DataPart } from '@/features/accounts/parts/DataPart';
import { SettingsScreen } from '@/features/accounts/screens/SettingsScreen';
import { Navigate } from '@/router/Navigate';
import { useParams } from '@/router/usePlace';
import { lazy, Suspense } from 'react';
import { moderates } from '@/features/moderation/model';
import { PeoplePicker } from '@/features/spaces/parts/PeoplePicker';
import { useStart } from '@/realtime/start';
import { Skeleton } from '@/ui/Skeleton';
import { useIsPhone } from '@/ui/useIsPhone';

const WorkspaceExportPart = lazy(() =>
  import('@/features/exports/parts/WorkspaceExportPart').then((module) => ({ default: module.WorkspaceExportPart })),
);
const WorkspaceSettingsPart = lazy(() =>
  import('@/features/admin/parts/WorkspaceSettingsPart').then((module) => ({ default: module.WorkspaceSettingsPart })),
);
const AuditPage = lazy(() => import('@/features/admin/parts/AuditPage').then((module) => ({ default: module.AuditPage })));
const HealthPage = lazy(() => import('@/features/admin/parts/HealthPage').then((module) => ({ default: module.HealthPage })));
const RetentionPage = lazy(() => import('@/features/admin/parts/RetentionPage').then((module) => ({ default: module.RetentionPage })));
const StoragePage = lazy(() => import('@/features/admin/parts/StoragePage').then((module) => ({ default: module.StoragePage })));

const LinkSettingsPart = lazy(() => import('@/features/links/parts/LinkSettingsPart').then((module) => ({ default: module.LinkSettingsPart })));

const EmojiPart = lazy(() => import('@/features/emoji/parts/EmojiPart').then((module) => ({ default: module.EmojiPart })));

const ModerationPage = lazy(() => import('@/features/moderation/parts/ModerationPage').then((module) => ({ default: module.ModerationPage })));

const PrivacyPage = lazy(() => import('@/features/moderation/parts/PrivacyPage').then((module) => ({ default: module.PrivacyPage })));

const CharterSection = lazy(() => import('@/features/charters/parts/CharterSection').then((module) => ({ default: module.CharterSection })));
const ConsentPart = lazy(() => import('@/features/urgent/parts/ConsentPart').then((module) => ({ default: module.ConsentPart })));
const LevelsPart = lazy(() => import('@/features/notify/parts/LevelsPart').then((module) => ({ default: module.LevelsPart })));
const ReachPart = lazy(() => import('@/features/notify/parts/ReachPart').then((module) => ({ default: module.ReachPart })));
const TimePage = lazy(() => import('@/features/hours/parts/TimePage').then((module) => ({ default: module.TimePage })));
const TimePolicyPart = lazy(() => import('@/features/hours/parts/PolicyPart').then((module) => ({ default: module.PolicyPart })));
const ConnectionTest = lazy(() => import('@/features/live/parts/ConnectionTest').then((module) => ({ default: module.ConnectionTest })));
const NumbersPage = lazy(() => import('@/features/numbers/parts/NumbersPage').then((module) => ({ default: module.NumbersPage })));
const OwnWaysPart = lazy(() => import('@/features/signin/parts/OwnWaysPart').then((module) => ({ default: module.OwnWaysPart })));
const ProofFields = lazy(() => import('@/features/signin/parts/ProofFields').then((module) => ({ default: module.ProofFields })));
const PolicyPart = lazy(() => import('@/features/signin/parts/PolicyPart').then((module) => ({ default: module.PolicyPart })));

/** `/settings/<page>`; without a page the list on a phone, else the first page. */
export function SettingsRoute() {
  const { page } = useParams();
  const isPhone = useIsPhone();
  const { data: start } = useStart();
  const isModerator = start !== undefined && moderates(start);
  const extra = (
    <Suspense fallback={<Skeleton />}>
      {page === 'time' && (
        <>
          <TimePage PickPeople={PeoplePicker} />
          <LevelsPart />
          <ConsentPart />
          <ReachPart />
        </>
      )}
      {page === 'calls' && <ConnectionTest />}
      {page === 'numbers' && <NumbersPage />}
      {page === 'sessions' && (
        <>
          <OwnWaysPart />
          <DataPart Proof={ProofFields} />
        </>
      )}
      {(page === 'workspace' || page === 'appearance') && <LinkSettingsPart isForAll={page === 'workspace'} />}
      {(page === 'workspace' || (page === 'appearance' && start && !isAdmin(start.me.role))) && <EmojiPart isAdmin={page === 'workspace'} />}
      {page === 'privacy' && <PrivacyPage />}
      {page === 'moderation' && isModerator && <ModerationPage isAdmin={isAdmin(start.me.role)} />}
      {page && start && isAdmin(start.me.role) && extraOf(page, start.me.role)}
    </Suspense>
  );
  if (page) return <SettingsScreen key={page} page={page} moderates={isModerator} extra={extra} />;
  return isPhone ? null : <Navigate to="/settings/$page" params={{ page: 'profile' }} />;
}

/** What other features add to a page for administrators. */
function extraOf(page: string, role: Role) {
  switch (page) {
    case 'workspace':
      return (
        <>
          <WorkspaceSettingsPart />
          <TimePolicyPart />
          <CharterSection path="/api/charter" />
          {role === 'owner' && <WorkspaceExportPart />}
        </>
      );
    case 'people':
      return <PolicyPart />;
    case 'audit':
      return <AuditPage />;
    case 'health':
      return <HealthPage />;
    case 'retention':
      return <RetentionPage />;
    case 'storage':
      return <StoragePage />;
    default:
      return null;
  }
}
