/**
 * Signing in by a passkey: a button that has the device ask, and, where the browser can, passkeys among what it fills into the
 * mail address. Nobody types a name: the device knows whose passkey it is.
 */
import { api, isProblem, problemOf } from '@/api/client';
import type { Me, PasskeyAnswer, PasskeyQuestion } from '@/api/types';
import { askPasskey, fillsPasskeys, hasPasskeys, PasskeyRefusal, type AskOptions } from '@/lib/passkeys';
import { begin } from './begin';
import { make } from './dom';
import { nextPath } from './sheet';
import { t } from './strings';

/** A question is good for five minutes; the page may stand open for longer. */
const renewAfterMs = 4 * 60_000;

/** What waits for a passkey in the background: a browser asks for one at a time. */
let waiting: AbortController | null = null;

/** The button, with a place for what went wrong; null where the browser has no passkeys. */
export function passkeyButton(): HTMLElement | null {
  if (!hasPasskeys()) return null;
  const button = make('button', { type: 'button', class: 'outline' }, t('passkey_sign_in'));
  const alert = make('p', { role: 'alert', class: 'alert' });
  async function go(): Promise<void> {
    if (button.hasAttribute('aria-busy')) return;
    waiting?.abort();
    button.setAttribute('aria-busy', 'true');
    alert.textContent = '';
    try {
      await enter();
    } catch (error) {
      alert.textContent = wordsFor(error);
      button.removeAttribute('aria-busy');
      void waitForFilled(alert);
    }
  }
  button.addEventListener('click', () => void go());
  void waitForFilled(alert);
  return make('div', { class: 'other' }, alert, button);
}

async function enter(options?: AskOptions): Promise<void> {
  const question = await api.post<PasskeyQuestion>('/api/sign-in/passkey');
  const answer = await askPasskey(question, options);
  const me = await api.post<Me>('/api/sign-in/passkey/finish', answer satisfies PasskeyAnswer);
  await begin(me);
  location.assign(nextPath(location.search));
}

/** Waits until somebody picks a passkey where the mail address goes. Asks anew before the question runs out. */
async function waitForFilled(alert: HTMLElement): Promise<void> {
  if (!(await fillsPasskeys().catch(() => false))) return;
  waiting?.abort();
  const mine = new AbortController();
  waiting = mine;
  const timer = setTimeout(() => {
    mine.abort();
    void waitForFilled(alert);
  }, renewAfterMs);
  try {
    await enter({ mediation: 'conditional', signal: mine.signal });
  } catch (error) {
    // Nobody asked for it, so nobody is told that it could not begin.
    const isTold = !(error instanceof PasskeyRefusal) && (isProblem(error, 'passkey-failed') || isProblem(error, 'attempt-over'));
    if (isTold) {
      alert.textContent = wordsFor(error);
      void waitForFilled(alert);
    }
  } finally {
    clearTimeout(timer);
  }
}

function wordsFor(error: unknown): string {
  if (!(error instanceof PasskeyRefusal)) {
    const { status, detail, title } = problemOf(error);
    if (status === 0) return t('offline');
    return isProblem(error, 'passkey-failed') ? `${title}. ${detail}` : detail || title;
  }
  switch (error.why) {
    case 'device':
      return t('passkey_device');
    case 'address':
      return t('passkey_address');
    default:
      return t('passkey_cancelled');
  }
}
