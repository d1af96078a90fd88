/** The page's side of the service worker (src/worker): when it begins, and what to do when there is a new build. */
import { registerText } from '@/i18n/core';
import { savesData } from '@/lib/dataUse';
import { connectionState, subscribeLive } from '@/realtime/live';
import { showToast } from '@/ui/toast';
import english from './strings.en.json';

const t = registerText('app', english);
/** The longest that a browser's timer can wait: 24 days. */
const FOR_EVER_MS = 2 ** 31 - 1;
/** After this a new build that could not take over by itself is offered. */
const OFFER_AFTER_MS = 8_000;
/** Who asked for the new build waits no longer than this. */
const TAKE_WITHIN_MS = 4_000;
let offered: ServiceWorker | null = null;

/** After the first screen: it must not compete with it for the line. Browsers have it on secure pages only. */
export function beginWorker(): void {
  // Private windows may refuse; the app works without.
  if ('serviceWorker' in navigator) void register().catch(() => undefined);
}

async function register(): Promise<void> {
  const own = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  const { waiting } = own;
  waiting?.postMessage('take-over-if-alone');
  // Other pages are open: the reader says when.
  if (waiting) setTimeout(() => own.waiting === waiting && offer(waiting), OFFER_AFTER_MS);
  own.addEventListener('updatefound', () => watch(own));
  lookAgain(own);
  const { active } = await navigator.serviceWorker.ready;
  if (!savesData()) active?.postMessage('keep-rest');
}

function watch(own: ServiceWorkerRegistration): void {
  // Without a controller it is the first one, which nobody has to wait for.
  own.installing?.addEventListener('statechange', () => own.waiting && navigator.serviceWorker.controller && offer(own.waiting));
}

/** The reader says when: nothing is reloaded under anybody's hands. */
function offer(newer: ServiceWorker): void {
  if (newer === offered) return;
  offered = newer;
  const run = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    newer.postMessage('take-over');
    // The worker before it may be busy, and browsers let it end; the page of the new build comes without it too.
    setTimeout(() => location.reload(), TAKE_WITHIN_MS);
  };
  showToast(t('new_build'), { action: { label: t('new_build_take'), run }, lastsMs: FOR_EVER_MS });
}

/** A server that comes back may be a newer one. */
function lookAgain(own: ServiceWorkerRegistration): void {
  let wasLive = true;
  subscribeLive(() => {
    const isLive = connectionState() === 'live';
    if (isLive && !wasLive) void own.update().catch(() => undefined);
    wasLive = isLive;
  });
}
