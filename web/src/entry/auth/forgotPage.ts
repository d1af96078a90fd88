import { api } from '@/api/client';
import { emailField } from './fields';
import { makeForm } from './form';
import { link, note, put, type Page } from './sheet';
import { t } from './strings';

export function forgotPage(): Page {
  return async () => {
    const back = note(link('/sign-in', t('back_to_sign_in')));
    const form = makeForm({
      fields: [emailField()],
      submitLabel: t('send_link'),
      async submit({ email = '' }) {
        await api.post<void>('/api/resets', { email });
        put({ title: t('link_sent'), hint: t('link_sent_hint', { email }), body: [back] });
      },
    });
    return { title: t('forgot_title'), hint: t('forgot_hint'), body: [form, back] };
  };
}
