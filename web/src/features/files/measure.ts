/**
 * How long a film or a sound is, and how large its picture, before it is sent: read from the head of MP4 and QuickTime
 * (ISO/IEC 14496-12), which is what phones record. No player is asked, so the file is not decoded and nothing is loaded.
 */
import type { Claims } from './tray';

/** Parts at the top of a file before its head. */
const PARTS_MAX = 64;
/** Of the head: what is looked for stands at its beginning, and in the beginning of each track. */
const HEAD_MAX_BYTES = 4_000_000;

type Part = { name: string; body: number; end: number };

/** Never fails: what cannot be told is left out. */
export async function measure(source: File): Promise<Claims> {
  if (!/^(video|audio)\//.test(source.type)) return {};
  try {
    const head = await headOf(source);
    return head ? claimsIn(new DataView(head)) : {};
  } catch {
    // It is on its way to the server, who looks at it with more care.
    return {};
  }
}

async function headOf(source: File): Promise<ArrayBuffer | null> {
  let at = 0;
  for (let n = 0; n < PARTS_MAX && at + 8 <= source.size; n += 1) {
    const part = partAt(new DataView(await source.slice(at, at + 16).arrayBuffer()), 0, source.size - at);
    if (!part) return null;
    if (part.name === 'moov') return source.slice(at + part.body, at + Math.min(part.end, part.body + HEAD_MAX_BYTES)).arrayBuffer();
    at += part.end;
  }
  return null;
}

function partAt(view: DataView, at: number, room: number): Part | null {
  if (at + 8 > view.byteLength) return null;
  const name = String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at + 4, 4));
  const short = view.getUint32(at);
  if (short === 1 && at + 16 > view.byteLength) return null;
  const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? room : short;
  const n_head = short === 1 ? 16 : 8;
  return size < n_head ? null : { name, body: at + n_head, end: at + size };
}

function* partsOf(view: DataView, from: number, to: number): Generator<Part> {
  const end = Math.min(to, view.byteLength);
  let part = partAt(view, from, end - from);
  while (part && part.body <= end) {
    yield part;
    part = partAt(view, part.end, end - part.end);
  }
}

function claimsIn(view: DataView): Claims {
  const claims: Record<string, string> = {};
  for (const part of partsOf(view, 0, view.byteLength)) {
    if (part.name === 'mvhd') {
      const isLong = view.getUint8(part.body) === 1;
      const scale = view.getUint32(part.body + (isLong ? 20 : 12));
      const length = isLong ? Number(view.getBigUint64(part.body + 24)) : view.getUint32(part.body + 16);
      const duration_ms = Math.round((length * 1000) / scale);
      if (duration_ms > 0 && Number.isSafeInteger(duration_ms)) claims['duration_ms'] = String(duration_ms);
    } else if (part.name === 'trak' && !claims['width']) {
      Object.assign(claims, sizeIn(view, part));
    }
  }
  return claims;
}

/** As it is shown: a phone that was held upright says so by turning the picture. */
function sizeIn(view: DataView, track: Part): Claims {
  for (const part of partsOf(view, track.body, track.end)) {
    if (part.name !== 'tkhd') continue;
    const matrix = part.body + (view.getUint8(part.body) === 1 ? 52 : 40);
    const size = [view.getUint32(matrix + 36) >>> 16, view.getUint32(matrix + 40) >>> 16];
    const [width = 0, height = 0] = view.getInt32(matrix) === 0 ? size.toReversed() : size;
    if (width > 0 && height > 0) return { width: String(width), height: String(height) };
  }
  return {};
}
