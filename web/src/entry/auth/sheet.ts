import { problemOf } from '@/api/client';
import { make } from './dom';
import { brand } from './icons';
import { t } from './strings';

export type Sheet = { title: string; hint?: string; body: (Node | null)[] };
/** Asks the server what it needs and says what to show. */
export type Page = () => Promise<Sheet>;

/** One centred sheet: loading, then the page, or why not and a way out. */
export async function showPage(page: Page): Promise<void> {
  const timer = setTimeout(() => put({ title: t('loading'), body: [] }), 300);
  try {
    put(await page());
  } catch (error) {
    put(brokenSheet(error, page));
  }
  clearTimeout(timer);
  document.querySelector<HTMLInputElement>('form input')?.focus();
}

export function put({ title, hint, body }: Sheet): void {
  document.title = `${title} · Antiphon`;
  const head = make('header', {}, brand(), make('h1', { tabindex: '-1', dir: 'auto' }, title), hint ? make('p', { dir: 'auto' }, hint) : null);
  const sheet = make('div', { class: 'sheet' }, head, ...body);
  document.getElementById('root')?.replaceChildren(make('main', {}, sheet));
}

export function link(href: string, text: string): HTMLElement {
  return make('a', { href, class: 'link' }, text);
}

export function note(...children: (Node | string)[]): HTMLElement {
  return make('p', { class: 'note' }, ...children);
}

/** Only paths of this server; anything else could lead away. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

function brokenSheet(error: unknown, page: Page): Sheet {
  const { status, title, detail } = problemOf(error);
  const retry = make('button', { type: 'button', class: 'primary' }, t('retry'));
  retry.addEventListener('click', () => void showPage(page));
  const isGone = status === 404;
  return {
    title: status === 0 || !title ? t('broken') : title,
    hint: status === 0 ? t('offline') : detail,
    body: [isGone ? note(link('/sign-in', t('sign_in'))) : retry],
  };
}
