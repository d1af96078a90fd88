import { api, problemOf } from '@/api/client';
import type { Entered, TotpOffer } from '@/api/types';
import { begin } from './begin';
import { make, makeIcon } from './dom';
import { codeField } from './fields';
import { makeForm } from './form';
import { link, nextPath, note, put } from './sheet';
import { t } from './strings';

/** The attempt that waits for its second step, if that is what was refused. */
export type Waiting = { attempt: string; enrol: boolean; passkey: boolean };

export function waitingOf(error: unknown): Waiting | null {
  const problem: object & { type: string } = problemOf(error);
  if (problem.type !== '/problems/second-step' || !('attempt' in problem) || typeof problem.attempt !== 'string') return null;
  const is = (key: 'enrol' | 'passkey') => key in problem && (problem as Record<string, unknown>)[key] === true;
  return { attempt: problem.attempt, enrol: is('enrol'), passkey: is('passkey') };
}

/**
 * The password was right: now the code of an app, which is set up here if the workspace demands it, or a passkey, which does both
 * steps by itself.
 */
export async function showSecondStep({ attempt, enrol, passkey }: Waiting, byPasskey: HTMLElement | null): Promise<void> {
  const back = note(link(`/sign-in${location.search}`, t('begin_again')));
  if (passkey) {
    put({ title: t('second_title'), hint: byPasskey ? t('second_passkey_hint') : t('second_no_passkey_hint'), body: [byPasskey, back] });
    const button = byPasskey?.querySelector('button');
    if (button) button.className = 'primary';
    (button ?? document.querySelector<HTMLElement>('h1'))?.focus();
    return;
  }
  const offer = enrol ? await api.post<TotpOffer>('/api/sessions/second/setup', { attempt }) : null;
  const form = makeForm({
    fields: [codeField(offer ? t('code_app') : t('code'), offer ? undefined : t('code_hint'))],
    submitLabel: t('sign_in'),
    async submit({ code = '' }) {
      const { me, recovery_codes } = await api.post<Entered>('/api/sessions/second', { attempt, code });
      await begin(me);
      if (recovery_codes) showCodes(recovery_codes);
      else location.assign(nextPath(location.search));
    },
  });
  if (offer) put({ title: t('set_up_title'), hint: t('set_up_app_hint'), body: [drawing(offer), form, back] });
  else put({ title: t('second_title'), hint: t('second_hint'), body: [form, byPasskey, back] });
  document.querySelector<HTMLInputElement>('form input')?.focus();
}

function drawing({ qr, secret, url }: TotpOffer): HTMLElement {
  const size = qr.size + 8;
  const code = makeIcon(`-4 -4 ${size} ${size}`, 208, ['path', { d: qr.path }]);
  code.setAttribute('class', 'qr');
  return make('div', { class: 'scan' }, code, make('p', {}, `${t('secret')} `, make('code', { dir: 'ltr' }, secret)), make('p', {}, link(url, t('open_app'))));
}

/** Shown once; the way on is by hand, so that nobody misses them. */
function showCodes(codes: string[]): void {
  const list = make('ul', { class: 'codes', dir: 'ltr' }, ...codes.map((code) => make('li', {}, code)));
  const on = make('a', { class: 'primary', href: nextPath(location.search) }, t('codes_kept'));
  put({ title: t('codes_title'), hint: t('codes_hint'), body: [list, on] });
  document.querySelector<HTMLElement>('h1')?.focus();
}
