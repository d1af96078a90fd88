import { api } from '@/api/client';
import { makeForm } from './form';
import { link, note, put, type Page } from './sheet';
import { t } from './strings';

/** Where the link below a letter leads: the letters end, and nothing else changes. Nobody signs in for that. */
export function unsubscribePage(token: string): Page {
  return async () => {
    const form = makeForm({
      fields: [],
      submitLabel: t('unsubscribe'),
      async submit() {
        await api.post<void>(`/api/unsubscribe/${encodeURIComponent(token)}`, {});
        put({ title: t('unsubscribed'), hint: t('unsubscribed_hint'), body: [note(link('/settings/time', t('open_settings')))] });
      },
    });
    return { title: t('unsubscribe_title'), hint: t('unsubscribe_hint'), body: [form] };
  };
}
