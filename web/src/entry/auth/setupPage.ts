import { api } from '@/api/client';
import type { Me, Setup } from '@/api/types';
import { emailField, newPasswordField, textField } from './fields';
import { begin } from './begin';
import { makeForm } from './form';
import { here } from './here';
import { link, note, type Page } from './sheet';
import { t } from './strings';

export function setupPage(token: string): Page {
  return async () => {
    const { workspace, needs_setup } = await api.get<Setup>('/api/setup');
    if (!needs_setup) {
      return { title: workspace?.name ?? t('setup_title'), hint: t('already_set_up'), body: [note(link('/sign-in', t('sign_in')))] };
    }
    const form = makeForm({
      fields: [
        textField('workspace_name', t('workspace_name'), 'organization', t('workspace_name_hint')),
        textField('name', t('name'), 'name'),
        emailField(),
        newPasswordField(),
      ],
      submitLabel: t('set_up'),
      async submit(values) {
        const me = await api.post<Me>('/api/setup', { token, ...values, ...here() });
        await begin(me);
        location.assign('/');
      },
    });
    return { title: t('setup_title'), hint: t('setup_hint'), body: [form] };
  };
}
