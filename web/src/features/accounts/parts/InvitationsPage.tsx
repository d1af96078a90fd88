import { IconMail, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
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

export function InvitationsPage() {
  const t = useText();
  const [isInviting, setInviting] = useState(false);
  const { data: invitations, error, refetch } = useQuery(invitationsQuery);
  const invite = (
    <Button tone="primary" icon={<IconUserPlus size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
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
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Section>
  );
}
