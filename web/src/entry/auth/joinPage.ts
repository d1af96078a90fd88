import { api } from '@/api/client';
import type { InvitationOffer, Me, SignInWays } from '@/api/types';
import { emailField, newPasswordField, textField } from './fields';
import { begin } from './begin';
import { makeForm } from './form';
import { here } from './here';
import { oidcButton } from './oidcPage';
import { link, note, type Page } from './sheet';
import { t } from './strings';

export function joinPage(token: string): Page {
  const path = `/api/invitations/${encodeURIComponent(token)}`;
  return async () => {
    const [offer, ways] = await Promise.all([api.get<InvitationOffer>(path), api.get<SignInWays>('/api/sign-in')]);
    const other = ways.oidc === null ? null : oidcButton(t('join_with', { name: ways.oidc }), { next: '/', invitation: token });
    const form = makeForm({
      fields: [textField('name', t('name'), 'name'), emailField(), newPasswordField()],
      submitLabel: t('join'),
      async submit(values) {
        const me = await api.post<Me>(`${path}/accept`, { ...values, ...here() });
        await begin(me);
        location.assign('/');
      },
    });
    return {
      title: t('join_title', { name: offer.workspace_name }),
      hint: hintOf(offer),
      body: [ways.password ? form : null, other, note(`${t('have_account')} `, link('/sign-in', t('sign_in')))],
    };
  };
}

function hintOf({ inviter_name: inviter, space_name: space, role }: InvitationOffer): string {
  const isGuest = role === 'guest';
  if (space) return t(isGuest ? 'join_space_guest_hint' : 'join_space_hint', { inviter, space });
  return t(isGuest ? 'join_guest_hint' : 'join_hint', { inviter });
}
