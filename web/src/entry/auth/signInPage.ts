import { api } from '@/api/client';
import type { Me, Setup, SignInWays } from '@/api/types';
import { emailField, passwordField } from './fields';
import { begin } from './begin';
import { makeForm } from './form';
import { link, nextPath, note, type Page } from './sheet';
import { t } from './strings';

export function signInPage(): Page {
  return async () => {
    const [{ workspace, needs_setup }, ways] = await Promise.all([api.get<Setup>('/api/setup'), api.get<SignInWays>('/api/sign-in')]);
    if (needs_setup || !workspace) return { title: t('sign_in'), hint: t('not_set_up'), body: [] };
    const form = makeForm({
      fields: [emailField(), passwordField()],
      submitLabel: t('sign_in'),
      async submit(values) {
        const me = await api.post<Me>('/api/sessions', values);
        await begin(me);
        location.assign(nextPath(location.search));
      },
    });
    return { title: t('sign_in_title', { name: workspace.name }), body: [form, note(ways.mail ? link('/forgot', t('forgot_link')) : t('forgot'))] };
  };
}
