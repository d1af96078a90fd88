/**
 * What reaches this browser while the app is closed. The server says what is shown, in the reader's language; nothing of it is
 * kept here. While somebody looks at the app, it tells by itself, and nothing is shown twice.
 */
export type {};
declare const self: ServiceWorkerGlobalScope;

type Pushed = {
  release_id: string;
  title: string;
  body: string;
  message_ids: string[];
  /** Where it leads when it is about no message. */
  path?: string;
  urgent: boolean;
  lang: string;
  actions: { open?: string; later?: string; reply?: string };
};
/** Of the Notifications API; not in the library of types yet. */
type Options = NotificationOptions & { actions?: { action: string; title: string }[]; renotify?: boolean };

export function listenToPushes(): void {
  self.addEventListener('push', (event) => {
    const pushed = event.data && readPushed(event.data);
    if (pushed) event.waitUntil(show(pushed));
  });
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    const { message_ids, path } = event.notification.data as Pick<Pushed, 'message_ids' | 'path'>;
    event.waitUntil(event.action === 'later' ? putOff(message_ids) : openAt(message_ids[0] ? `/m/${message_ids[0]}` : (path ?? '/')));
  });
}

function readPushed(data: PushMessageData): Pushed | null {
  try {
    return data.json() as Pushed;
  } catch {
    return null;
  }
}

async function show({ release_id, title, body, message_ids, path, urgent, lang, actions }: Pushed): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if ((message_ids.length > 0 || path) && pages.some(({ focused }) => focused)) return;
  const options: Options = {
    body,
    lang,
    // The same telling again takes the place of the first.
    tag: release_id,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { message_ids, path },
    requireInteraction: urgent,
    actions: (['open', 'later', 'reply'] as const).flatMap((action) => (actions[action] ? [{ action, title: actions[action] }] : [])),
  };
  await self.registration.showNotification(title, options);
}

async function openAt(path: string): Promise<void> {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (!page) return void (await self.clients.openWindow(path));
  await page.focus();
  await page.navigate(path);
}

/** It comes once more, later on this day of work. */
async function putOff(message_ids: string[]): Promise<void> {
  await fetch('/api/notices/later', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message_ids }) });
}
