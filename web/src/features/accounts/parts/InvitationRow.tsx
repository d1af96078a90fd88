import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Invitation } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { invitationState } from '../model';
import { invitableSpacesQuery } from '../queries';
import { useText } from '../strings';
import { RevokeDialog } from './RevokeDialog';

/** One invitation: for whom, by whom, how often used. The link itself was shown once and is not stored. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const t = useText();
  const maker = usePerson(invitation.created_by);
  const { data: spaces } = useQuery(invitableSpacesQuery);
  const [isAsking, setAsking] = useState(false);
  const state = invitationState(invitation, useMinute());
  const space = spaces?.find((candidate) => candidate.id === invitation.space_id);
  const role = t(`role_${invitation.role}`);
  const title = space ? t('invitation_into', { role, space: space.name }) : role;
  const facts = [
    t('invitation_used', { count: invitation.n_uses, max: invitation.max_uses }),
    t('invitation_until', { time: formatDateTime(invitation.expires_at, currentLocale()) }),
    maker ? t('invitation_by', { name: maker.name }) : '',
  ];
  return (
    <CardRow
      title={title}
      text={facts.filter(Boolean).join(' · ')}
      end={
        state === 'open' ? (
          <>
            <Button size="s" tone="outline" onClick={() => setAsking(true)}>
              {t('revoke')}
            </Button>
            {isAsking && <RevokeDialog id={invitation.id} onClose={() => setAsking(false)} />}
          </>
        ) : (
          <Chip>{t(state === 'used' ? 'invitation_full' : `invitation_${state}`)}</Chip>
        )
      }
    />
  );
}
