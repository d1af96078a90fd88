/**
 * How long a film or sound is, asked of the browser's own player, for what has no head that we read: WebM, WAV, MP3, Ogg.
 * Only the beginning of the file is read, from this device; nothing is played and nothing is sent. What it cannot play, or
 * does not tell in a moment, it does not tell.
 */
import type { Claims } from './tray';

/** Longer than any browser needs for a file that lies on the device. */
const PATIENCE_MS = 3_000;
/** Past every end: a recording that does not say how long it is, as browsers make them, says it when it is wound there. */
const PAST_THE_END_S = 1e7;

type Player = Pick<HTMLVideoElement, 'preload' | 'muted' | 'src' | 'duration' | 'currentTime' | 'videoWidth' | 'videoHeight' | 'addEventListener' | 'removeAttribute' | 'load'>;

/** Never fails. */
export function measureByPlayer(source: File, player: Player = document.createElement(source.type.startsWith('audio/') ? 'audio' : 'video') as Player): Promise<Claims> {
  const url = URL.createObjectURL(source);
  return new Promise((resolve) => {
    const end = (claims: Claims) => {
      clearTimeout(patience);
      player.removeAttribute('src');
      player.load();
      URL.revokeObjectURL(url);
      resolve(claims);
    };
    const patience = setTimeout(() => end({}), PATIENCE_MS);
    const look = () => {
      if (Number.isFinite(player.duration)) end(claimsOf(player));
      else if (player.duration === Number.POSITIVE_INFINITY && player.currentTime === 0) player.currentTime = PAST_THE_END_S;
    };
    player.addEventListener('loadedmetadata', look);
    player.addEventListener('durationchange', look);
    player.addEventListener('error', () => end({}));
    player.preload = 'metadata';
    player.muted = true;
    player.src = url;
  });
}

function claimsOf({ duration, videoWidth = 0, videoHeight = 0 }: Player): Claims {
  const duration_ms = Math.round(duration * 1000);
  const size: Claims = videoWidth > 0 && videoHeight > 0 ? { width: String(videoWidth), height: String(videoHeight) } : {};
  return duration_ms > 0 ? { duration_ms: String(duration_ms), ...size } : size;
}
