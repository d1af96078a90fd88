/** What a file looks like: its box in the timeline, the colours in its place, the bars of a voice. */
import type { Attachment } from '@/api/types';

/** "1:05", "1:02:09". */
export function timeInDigits(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const TELLING = /\.(jpe?g|png|gif|webp|hei[cf]s?|avif|jxl|tiff?|dng|nef|arw|cr2|mp4|m4[abv]|mov|3gp)$/i;

/** A picture or film by its name that the server could not read: what it says about itself is still in it. */
export function isUnread({ kind, media_type, name }: Pick<Attachment, 'kind' | 'media_type' | 'name'>): boolean {
  return kind === 'file' && media_type === 'application/octet-stream' && TELLING.test(name);
}

export function pathOf(file: Pick<Attachment, 'id'>, version: '' | '/small' | '/large' = ''): string {
  return `/api/files/${file.id}${version}`;
}

const MOVING_MAX_BYTES = 3_000_000;

/** A GIF moves only as it was sent; a heavy one waits for the lightbox. */
export function pictureInTimeline(file: Attachment): string {
  return pathOf(file, file.media_type === 'image/gif' && file.size_bytes <= MOVING_MAX_BYTES ? '' : '/small');
}

export function pictureInLightbox(file: Attachment): string {
  return pathOf(file, file.media_type === 'image/gif' ? '' : '/large');
}

const BOX_WIDTH = 400;
const BOX_HEIGHT = 320;
const SMALLEST = 44;

/** Room for a picture or film before it is there, so that nothing moves when it comes. */
export function boxOf({ width, height }: Pick<Attachment, 'width' | 'height'>): { width: number; height: number } {
  if (!width || !height) return { width: BOX_WIDTH, height: Math.round((BOX_WIDTH * 9) / 16) };
  const scale = Math.min(1, BOX_WIDTH / width, BOX_HEIGHT / height);
  return { width: Math.max(SMALLEST, Math.round(width * scale)), height: Math.max(SMALLEST, Math.round(height * scale)) };
}

/** The few colours of a placeholder as a tiny picture that the browser blurs by stretching it: a BMP needs no encoder. */
export function placeholderUrl(placeholder: string | null): string | null {
  if (!placeholder) return null;
  const bytes = Uint8Array.from(atob(placeholder), (char) => char.charCodeAt(0));
  const [width = 0, height = 0] = bytes;
  if (width < 1 || height < 1 || bytes.length < 2 + width * height * 2) return null;
  const row = Math.ceil((width * 3) / 4) * 4;
  const bmp = new Uint8Array(54 + row * height);
  const view = new DataView(bmp.buffer);
  bmp.set([0x42, 0x4d]);
  view.setUint32(2, bmp.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  // Negative: the rows run from the top.
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let idx = 0; idx < width * height; idx += 1) {
    const packed = ((bytes[2 + 2 * idx] ?? 0) << 8) | (bytes[3 + 2 * idx] ?? 0);
    const at = 54 + Math.floor(idx / width) * row + (idx % width) * 3;
    bmp.set([widen(packed & 31, 31), widen((packed >> 5) & 63, 63), widen(packed >> 11, 31)], at);
  }
  return `data:image/bmp;base64,${btoa(String.fromCharCode(...bmp))}`;
}

function widen(value: number, most: number): number {
  return Math.round((value * 255) / most);
}

// --- voice notes --------------------------------------------------------------

const LEVELS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Bars of a waveform: what fits beside a button on a telephone. */
export const N_BARS = 56;

/** The loudness of each bar from 0 to 1, by the loudest moment in it; the loudest bar of all is 1. */
export function barsOf(samples: Float32Array, n_bars = N_BARS): number[] {
  const step = samples.length / n_bars;
  const bars = Array.from({ length: n_bars }, (_, idx) => {
    let loudest = 0;
    for (let at = Math.floor(idx * step); at < Math.floor((idx + 1) * step); at += 1) loudest = Math.max(loudest, Math.abs(samples[at] ?? 0));
    return loudest;
  });
  const most = Math.max(...bars);
  return most > 0 ? bars.map((bar) => bar / most) : bars;
}

export function encodePeaks(bars: readonly number[]): string {
  return bars.map((bar) => LEVELS[Math.round(Math.min(1, Math.max(0, bar)) * (LEVELS.length - 1))]).join('');
}

export function decodePeaks(peaks: string | null): number[] {
  return [...(peaks ?? '')].map((char) => Math.max(0, LEVELS.indexOf(char)) / (LEVELS.length - 1));
}
