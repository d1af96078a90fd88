import { IconListDetails, IconMail, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { invitationsQuery } from '../queries';
import { useText } from '../strings';
import { InvitationRow } from './InvitationRow';
import { InviteDialog } from './InviteDialog';

const ListDialog = lazy(() => import('./ListDialog').then((module) => ({ default: module.ListDialog })));

export function InvitationsPage() {
  const t = useText();
  const [isListing, setListing] = useState(false);
  const me = useMe();
  const canList = me?.role === 'owner' || me?.role === 'admin';
  const [isInviting, setInviting] = useState(false);
  const { data: invitations, error, refetch } = useQuery(invitationsQuery);
  const invite = (
    <>
      {canList && (
        <Button icon={<IconListDetails size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setListing(true)}>
          {t('list_invite')}
        </Button>
      )}
      <Button tone="primary" icon={<IconUserPlus size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setInviting(true)}>
        {t('invite')}
      </Button>
    </>
  );
  return (
    <Section title={t('page_invitations')} hint={t('invitations_hint')} actions={invitations && invitations.length > 0 && invite}>
      {!invitations && !error && <Skeleton rows={3} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {invitations?.length === 0 && (
        <EmptyState icon={<IconMail size={24} stroke={1.6} aria-hidden="true" />} text={t('no_invitations')} action={invite} />
      )}
      {invitations && invitations.length > 0 && (
        <CardList label={t('page_invitations')}>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </CardList>
      )}
      <Suspense fallback={null}>{isListing && <ListDialog onClose={() => setListing(false)} />}</Suspense>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Section>
  );
}
