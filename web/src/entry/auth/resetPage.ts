import { api } from '@/api/client';
import { newPasswordField } from './fields';
import { makeForm } from './form';
import { link, note, put, type Page } from './sheet';
import { t } from './strings';

export function resetPage(token: string): Page {
  const path = `/api/resets/${encodeURIComponent(token)}`;
  return async () => {
    const { name } = await api.get<{ name: string }>(path);
    const form = makeForm({
      fields: [newPasswordField(t('new_password'))],
      submitLabel: t('reset'),
      async submit(values) {
        await api.post<void>(path, values);
        put({ title: t('reset_done'), body: [note(link('/sign-in', t('sign_in')))] });
      },
    });
    return { title: t('reset_title', { name }), hint: t('reset_hint'), body: [form] };
  };
}
