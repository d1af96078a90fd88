import { api, isProblem } from '@/api/client';
import type { Me, Setup, SignInWays } from '@/api/types';
import { emailField, passwordField } from './fields';
import { begin } from './begin';
import { makeForm } from './form';
import { oidcButton } from './oidcPage';
import { link, nextPath, note, type Page } from './sheet';
import { t } from './strings';

export function signInPage(): Page {
  return async () => {
    const [{ workspace, needs_setup }, ways] = await Promise.all([api.get<Setup>('/api/setup'), api.get<SignInWays>('/api/sign-in')]);
    if (needs_setup || !workspace) return { title: t('sign_in'), hint: t('not_set_up'), body: [] };
    const passkeyPart = ways.passkeys ? (await import('./passkey')).passkeyButton : null;
    const form = makeForm({
      fields: [emailField(ways.passkeys), passwordField()],
      submitLabel: t('sign_in'),
      async submit(values) {
        try {
          const me = await api.post<Me>('/api/sessions', values);
          await begin(me);
          location.assign(nextPath(location.search));
        } catch (error) {
          if (!isProblem(error, 'second-step')) throw error;
          const { showSecondStep, waitingOf } = await import('./secondStep');
          const waiting = waitingOf(error);
          if (!waiting) throw error;
          await showSecondStep(waiting, passkeyPart && passkeyPart());
        }
      },
    });
    const other = ways.oidc === null ? null : oidcButton(t('sign_in_with', { name: ways.oidc }), { next: nextPath(location.search) });
    const byPassword = ways.password ? [form, note(ways.mail ? link('/forgot', t('forgot_link')) : t('forgot'))] : [];
    return { title: t('sign_in_title', { name: workspace.name }), body: [...byPassword, passkeyPart && passkeyPart(), other] };
  };
}
