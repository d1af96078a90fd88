import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Invitation, InvitationRequest } from '@/api/types';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { Dialog } from '@/ui/Dialog';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { Select } from '@/ui/Select';
import { useInvite } from '../changes';
import { invitableSpacesQuery } from '../queries';
import { useText } from '../strings';
import { GuestChannels } from './GuestChannels';

const hour = 3600;
const expiries = [24 * hour, 7 * 24 * hour, 30 * 24 * hour];
const uses = [1, 10, 100, 1000];

export function InviteForm({ onMade, onClose }: { onMade: (invitation: Invitation) => void; onClose: () => void }) {
  const t = useText();
  const formId = useId();
  const { data: spaces = [] } = useQuery(invitableSpacesQuery);
  const invite = useInvite();
  const [request, setRequest] = useState<InvitationRequest>({ role: 'member', space_id: null, channel_ids: [], max_uses: 1, expires_in_s: 7 * 24 * hour });
  const change = (part: Partial<InvitationRequest>) => setRequest({ ...request, ...part });

  function submit() {
    invite.mutate(request, { onSuccess: onMade });
  }

  return (
    <Dialog
      title={t('invite')}
      hint={t('invite_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" type="submit" form={formId} busy={invite.isPending}>
            {t('make_link')}
          </Button>
        </>
      }
    >
      <Form id={formId} onSubmit={submit}>
        <Choice
          legend={t('role')}
          value={request.role}
          options={[
            { value: 'member', label: t('role_member'), hint: t('role_member_hint') },
            { value: 'guest', label: t('role_guest'), hint: t('role_guest_hint') },
            { value: 'admin', label: t('role_admin'), hint: t('role_admin_hint') },
          ]}
          onChange={(role) => change({ role })}
        />
        <Select
          label={t('into_space')}
          value={request.space_id ?? ''}
          options={[{ value: '', label: t('no_space') }, ...spaces.map((space) => ({ value: space.id, label: space.name }))]}
          onChange={(id) => change({ space_id: id || null, channel_ids: [] })}
        />
        {request.role === 'guest' && request.space_id && (
          <GuestChannels spaceId={request.space_id} chosen={request.channel_ids} onChange={(channel_ids) => change({ channel_ids })} />
        )}
        <Select
          label={t('how_many')}
          value={String(request.max_uses)}
          options={uses.map((count) => ({ value: String(count), label: t('n_people', { count }) }))}
          onChange={(count) => change({ max_uses: Number(count) })}
        />
        <Select
          label={t('valid_for')}
          value={String(request.expires_in_s)}
          options={expiries.map((seconds) => ({ value: String(seconds), label: t('n_days', { count: seconds / (24 * hour) }) }))}
          onChange={(seconds) => change({ expires_in_s: Number(seconds) })}
        />
        <FormError error={invite.error} />
      </Form>
    </Dialog>
  );
}
