/** Shows what calls me: in the app when it is looked at, else by the browser, where it may. */
import type { QueryClient } from '@tanstack/react-query';
import type { Notice, NoticeReleased } from '@/api/types';
import { nameOf } from '@/realtime/channelName';
import { personQuery } from '@/realtime/people';
import { findStart } from '@/realtime/start';
import { navigate } from '@/router/location';
import { showToast } from '@/ui/toast';
import { momentOf } from './moment';
import { tellShown } from './queries';
import { text as t } from './strings';

/** A sentence takes a while to read, and it comes when nobody expects it. */
const LASTS_MS = 20_000;

export async function tell(cache: QueryClient, telling: NoticeReleased): Promise<void> {
  const [first] = telling.items;
  if (!first) return;
  const text = await wordsOf(cache, telling, first);
  const run = () => navigate({ to: '/m/$messageId', params: { messageId: first.message_id } });
  if (document.visibilityState === 'visible') showToast(text, { lastsMs: LASTS_MS, action: { label: t('look'), run } });
  else if (!tellByBrowser(text, telling.release_id, run)) return markTitle();
  tellShown(telling.items.map(({ message_id }) => message_id));
}

async function wordsOf(cache: QueryClient, { n }: NoticeReleased, first: Notice): Promise<string> {
  if (n > 1) return t('told_many', { count: n });
  const person = await cache.fetchQuery(personQuery(first.author_id)).catch(() => null);
  const name = apart(person?.name ?? t('somebody'));
  const time = first.due_at === null ? null : momentOf(first.due_at, Date.now() * 1000);
  if (first.cause === 'direct') return time === null ? t('told_direct', { name }) : t('told_asked_direct', { name, time });
  const channel = findStart(cache)?.channels.find(({ id }) => id === first.channel_id);
  if (!channel || channel.kind === 'direct') return t('told_somewhere', { name });
  const place = apart(nameOf(channel, channel.name));
  return time === null ? t(`told_${first.cause}`, { name, place }) : t('told_asked', { name, place, time });
}

/** A name in a sentence that runs the other way keeps its own order, with its # and hyphens. */
function apart(name: string): string {
  return document.dir === 'rtl' ? `\u2068${name}\u2069` : name;
}

/** False: it may not, or cannot without the service worker (phones). */
function tellByBrowser(text: string, tag: string, run: () => void): boolean {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return false;
  try {
    const notice = new Notification(findTitle(), { body: text, tag });
    notice.onclick = () => {
      focus();
      run();
      notice.close();
    };
    return true;
  } catch {
    return false;
  }
}

function findTitle(): string {
  return document.title.replace(/^• /, '');
}

/** Until somebody looks. */
function markTitle(): void {
  document.title = `• ${findTitle()}`;
  const unmark = () => {
    if (document.visibilityState !== 'visible') return;
    document.title = findTitle();
    document.removeEventListener('visibilitychange', unmark);
  };
  document.addEventListener('visibilitychange', unmark);
}
