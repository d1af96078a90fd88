import { api } from '@/api/client';
import type { GuestEntered, GuestLook } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { begin } from './begin';
import { textField } from './fields';
import { makeForm } from './form';
import { here } from './here';
import { link, note, type Page, type Sheet } from './sheet';
import { t } from './strings';

/** Where a guest link leads: a name, and one is in. Who was here before in this browser goes on as the same guest. */
export function guestPage(token: string): Page {
  const path = `/api/guest-links/${encodeURIComponent(token)}`;
  return async () => {
    const look = await api.get<GuestLook>(path);
    if (look.channel_id !== null) location.replace(`/c/${look.channel_id}`);
    return look.visitor === 'account' ? accountSheet() : entrySheet(look, path);
  };
}

/** Where a guest lands whose visit is over. */
export function guestEndedPage(): Page {
  return async () => ({ title: t('guest_ended'), hint: t('guest_ended_hint'), body: [] });
}

function accountSheet(): Sheet {
  return { title: t('guest_account'), hint: t('guest_account_hint'), body: [note(link('/', t('guest_open_app')))] };
}

function entrySheet(look: GuestLook, path: string): Sheet {
  const time = formatDateTime(look.expires_at, currentLocale());
  const form = makeForm({
    fields: [textField('name', t('name'), 'name', t('guest_name_hint'))],
    submitLabel: t('guest_enter'),
    async submit(values) {
      const entered = await api.post<GuestEntered>(`${path}/enter`, { ...values, ...here() });
      await begin(entered);
      location.assign(`/c/${entered.channel_id}`);
    },
  });
  return {
    title: t('guest_title', { channel: look.channel_name }),
    hint: t('guest_hint', { inviter: look.inviter_name, name: look.workspace_name }),
    body: [form, note(t('guest_stays')), note(t(look.whole_history ? 'guest_whole' : 'guest_from_now', { time }))],
  };
}
