/** What makes an answer somebody's own without an account: a random key that stays in this browser. */
import { readText, writeText } from '@/lib/storage';

const KEPT = 'antiphon.when';
const N_BYTES = 32;

/** The key of this browser; the server keeps of it a hash, another for each question. */
export function ownKey(): string {
  const kept = readText(KEPT);
  return kept !== null && /^[\w-]{43}$/.test(kept) ? kept : newKey();
}

/** Whoever answers next is somebody else. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(N_BYTES));
  // RFC 4648, section 5.
  const key = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  writeText(KEPT, key);
  return key;
}
