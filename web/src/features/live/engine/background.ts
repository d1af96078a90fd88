/** What somebody puts behind themselves, chosen for this device. Their own picture stays on it. */
import { readText, writeText } from '@/lib/storage';
import hills from '../pictures/hills.svg';
import night from '../pictures/night.svg';
import wall from '../pictures/wall.svg';

export const pictures = { wall, hills, night } as const;
export const backgrounds = ['none', 'light', 'strong', 'wall', 'hills', 'night', 'own'] as const;
export type Background = (typeof backgrounds)[number];

const KEY = 'antiphon.live.background';
/** The name is known to the service worker; what begins so goes at sign-out (lib/device). */
const OWN_CACHE = 'antiphon-backdrop';
const OWN_PATH = '/own-backdrop';
/** As large as a camera's picture. */
const OWN_SIZE = { width: 1280, height: 720 };

export function chosenBackground(): Background {
  const kept = readText(KEY);
  return backgrounds.find((one) => one === kept) ?? 'none';
}

export const chooseBackground = (background: Background): void => writeText(KEY, background);

/** Whether this browser can change a picture before it is sent: it hands out frames, and draws with the graphics unit. */
export function canChangeBackground(): boolean {
  const hasFrames = 'OffscreenCanvas' in globalThis && 'VideoFrame' in globalThis && 'createImageBitmap' in globalThis;
  return hasFrames && 'WebAssembly' in globalThis && document.createElement('canvas').getContext('webgl2') !== null;
}

export async function ownPicture(): Promise<Blob | null> {
  const cache = await caches.open(OWN_CACHE);
  return (await (await cache.match(OWN_PATH))?.blob()) ?? null;
}

/** Cut and made small like a camera's picture, so that a photograph of 20 MB costs neither room nor time. */
export async function keepOwnPicture(file: Blob): Promise<void> {
  const picture = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(OWN_SIZE.width, OWN_SIZE.height);
  const scale = Math.max(OWN_SIZE.width / picture.width, OWN_SIZE.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext('2d')?.drawImage(picture, (OWN_SIZE.width - width) / 2, (OWN_SIZE.height - height) / 2, width, height);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
  const cache = await caches.open(OWN_CACHE);
  await cache.put(OWN_PATH, new Response(blob));
}
