/** What only this browser can tell of a film or a sound before it is sent: how long it is, and how large its picture. */
import type { Claims } from './tray';

/** A film that its browser cannot read in this time goes without. */
const PATIENCE_MS = 3_000;

/** Never fails: what cannot be told is left out. */
export async function measure(source: File): Promise<Claims> {
  const kind = source.type.startsWith('video/') ? 'video' : source.type.startsWith('audio/') ? 'audio' : null;
  if (!kind) return {};
  const player = document.createElement(kind);
  const url = URL.createObjectURL(source);
  try {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, PATIENCE_MS);
      player.onloadedmetadata = player.onerror = () => resolve();
      player.preload = 'metadata';
      player.src = url;
    });
    return claimsOf(player);
  } finally {
    player.removeAttribute('src');
    player.load();
    URL.revokeObjectURL(url);
  }
}

function claimsOf(player: HTMLMediaElement): Claims {
  const claims: Record<string, string> = {};
  // A recording without an end says Infinity.
  if (Number.isFinite(player.duration) && player.duration > 0) claims['duration_ms'] = String(Math.max(1, Math.round(player.duration * 1000)));
  if (player instanceof HTMLVideoElement && player.videoWidth > 0) {
    claims['width'] = String(player.videoWidth);
    claims['height'] = String(player.videoHeight);
  }
  return claims;
}
