import { untilThere } from '@/lib/untilThere';
import { IconListDetails, IconMail, IconUserPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { InvitationState } from '@/api/types';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { invitationsQuery } from '../queries';
import { useText } from '../strings';
import { InvitationRow } from './InvitationRow';
import { InviteDialog } from './InviteDialog';
import styles from './Settings.module.css';

const ListDialog = lazy(() => untilThere(() => import('./ListDialog')).then((module) => ({ default: module.ListDialog })));

const states = ['open', 'used', 'expired', 'revoked'] as const;

/** Invitations by their state: those that still let somebody in first. */
export function InvitationsPage() {
  const t = useText();
  const [isListing, setListing] = useState(false);
  const me = useMe();
  const canList = me?.role === 'owner' || me?.role === 'admin';
  const [isInviting, setInviting] = useState(false);
  const [state, setState] = useState<InvitationState>('open');
  const list = useInfiniteQuery(invitationsQuery(state));
  const { data: invitations, error, refetch } = list;
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
    <Section title={t('page_invitations')} hint={t('invitations_hint')} actions={(state !== 'open' || (invitations && invitations.length > 0)) && invite}>
      <div className={styles.filter}>
        <Select
          label={t('invitation_state')}
          value={state}
          options={states.map((value) => ({ value, label: t(value === 'used' ? 'invitation_full' : `invitation_${value}`) }))}
          onChange={setState}
        />
      </div>
      {!invitations && !error && <Skeleton rows={3} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {invitations?.length === 0 && (
        <EmptyState icon={<IconMail size={24} stroke={1.6} aria-hidden="true" />} text={t(state === 'open' ? 'no_invitations' : 'no_invitations_of_state')} action={state === 'open' && invite} />
      )}
      {invitations && invitations.length > 0 && (
        <CardList label={t('page_invitations')}>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </CardList>
      )}
      {list.hasNextPage && (
        <Button tone="plain" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('show_more')}
        </Button>
      )}
      <Suspense fallback={null}>{isListing && <ListDialog onClose={() => setListing(false)} />}</Suspense>
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Section>
  );
}
