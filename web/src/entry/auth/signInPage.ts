import { api } from '@/api/client';
import type { Me, Setup } from '@/api/types';
import { emailField, passwordField } from './fields';
import { begin } from './begin';
import { makeForm } from './form';
import { nextPath, note, type Page } from './sheet';
import { t } from './strings';

export function signInPage(): Page {
  return async () => {
    const { workspace, needs_setup } = await api.get<Setup>('/api/setup');
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
    return { title: t('sign_in_title', { name: workspace.name }), body: [form, note(t('forgot'))] };
  };
}
