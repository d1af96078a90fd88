import { api } from '@/api/client';
import type { OidcBegun, OidcDone } from '@/api/types';
import { begin } from './begin';
import { make } from './dom';
import { here } from './here';
import { link, note, type Page } from './sheet';
import { t } from './strings';

const nextKey = 'antiphon-next';

/** A button that leads to the other server and remembers where to go on afterwards. */
export function oidcButton(label: string, { next, invitation = null }: { next: string; invitation?: string | null }): HTMLElement {
  const button = make('button', { type: 'button', class: 'outline' }, label);
  const alert = make('p', { role: 'alert', class: 'alert' });
  async function go(): Promise<void> {
    button.setAttribute('aria-busy', 'true');
    alert.textContent = '';
    try {
      const { url } = await api.post<OidcBegun>('/api/sign-in/oidc', { invitation, ...here() });
      sessionStorage.setItem(nextKey, next);
      location.assign(url);
    } catch (error) {
      alert.textContent = error instanceof Error ? error.message : t('broken');
      button.removeAttribute('aria-busy');
    }
  }
  button.addEventListener('click', () => void go());
  return make('div', { class: 'other' }, alert, button);
}

/** Where the other server sends the browser back to. What it brought is posted, so that no GET changes anything. */
export function oidcPage(): Page {
  return async () => {
    const back = new URLSearchParams(location.search);
    const [code, state, iss] = [back.get('code'), back.get('state'), back.get('iss')];
    // The code is good once; it need not stand in the history.
    history.replaceState(null, '', location.pathname);
    if (!code || !state) return { title: t('oidc_stopped'), hint: t('oidc_stopped_hint'), body: [note(link('/sign-in', t('back_to_sign_in')))] };
    const { me } = await api.post<OidcDone>('/api/sign-in/oidc/finish', { code, state, ...(iss && { iss }) });
    if (me) await begin(me);
    location.replace(me ? (sessionStorage.getItem(nextKey) ?? '/') : '/settings/sessions');
    sessionStorage.removeItem(nextKey);
    return { title: t('loading'), body: [] };
  };
}
