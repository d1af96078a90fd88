/**
 * The service worker: opens the app where there is no network, and quickly where it is slow.
 *
 * It keeps files of one build of the app and nothing else, and shows what is pushed (push.ts). What the server says to a person (`/api`) never passes through
 * here, and neither do the pages whose addresses are secrets, so nothing of one person can reach another. A page is asked
 * from the network first: a new build is never more than one reload away. The list of files is written in front of this
 * text by plugins/serviceWorker.ts.
 */
import { listenToPushes } from './push';

declare const self: ServiceWorkerGlobalScope;
declare const __FILES__: {
  /** Changes with every build. */
  build: string;
  pages: { app: string; signIn: string };
  /** What the first screen needs. */
  first: string[];
  /** Everything else but the largest, fetched when the page says that the line is good enough. */
  rest: string[];
};

const NAME = `antiphon-${__FILES__.build}`;
/** What is late by this much is opened as it was kept. */
const PATIENCE_MS = 1_000;
/** How often, a second apart, a page that is being left is waited for. */
const N_LOOKS = 5;
const SECRET_PAGES = /^\/((setup|join|reset|unsubscribe|invited|when|sign-in)\/|forgot$)/;
const NOT_PAGES = /^\/(api|healthz|readyz|metrics)(\/|$)/;

listenToPushes();

self.addEventListener('install', (event) => {
  event.waitUntil(keep([__FILES__.pages.app, __FILES__.pages.signIn, ...__FILES__.first]));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldBuilds().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
  if (event.data === 'take-over-if-alone') event.waitUntil(takeOverIfAlone());
  // Not on disk is no harm: it is fetched when it is needed.
  if (event.data === 'keep-rest') event.waitUntil(keep(__FILES__.rest).catch(() => undefined));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || NOT_PAGES.test(pathname) || SECRET_PAGES.test(pathname)) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request, pathname));
  else if (pathname.startsWith('/assets/')) event.respondWith(openFile(request));
});

async function openPage(request: Request, pathname: string): Promise<Response> {
  const kept = await caches.match(pathname === '/sign-in' ? __FILES__.pages.signIn : __FILES__.pages.app, { cacheName: NAME });
  const asked = fetch(request);
  if (!kept) return asked;
  const inTime = await Promise.race([asked.catch(() => null), new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null))]);
  return inTime && inTime.status < 500 ? inTime : kept;
}

/** Files under /assets carry their hash in the name, so the kept one is the right one. */
async function openFile(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(NAME);
    await cache.put(request, answer.clone());
  }
  return answer;
}

/** A file that an older build had already is not asked for again. */
async function keep(paths: string[]): Promise<void> {
  const cache = await caches.open(NAME);
  for (const path of paths) {
    if (await cache.match(path)) continue;
    const old = path.startsWith('/assets/') ? await caches.match(path) : undefined;
    if (old) await cache.put(path, old);
    else await cache.add(path);
  }
}

/** A page that was just opened is of the newest build already. Other open pages may still need files of an older one. */
async function takeOverIfAlone(): Promise<void> {
  for (let look = 0; look < N_LOOKS; look += 1) {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (pages.length <= 1) return self.skipWaiting();
    // The page before this one may still be counted.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** What somebody keeps on this device behind their picture (features/live) is no build. It goes at sign-out. */
const BACKDROP = 'antiphon-backdrop';

async function dropOldBuilds(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('antiphon-') && name !== NAME && name !== BACKDROP).map((name) => caches.delete(name)));
}
