/**
 * How much this device may load. By itself low where the browser says that the reader saves data or that the line is slow; by
 * hand either way. Belongs to this browser, not to the account.
 */
import { readText, writeText } from './storage';

export type DataUse = 'auto' | 'low' | 'full';

type Connection = EventTarget & { saveData?: boolean; effectiveType?: string };

const CHOSEN = 'antiphon.data-use';
const listeners = new Set<() => void>();
/** Chromium's; others say nothing, and their readers choose by hand. */
const connection = globalThis.navigator && 'connection' in navigator ? (navigator.connection as Connection) : null;

export function dataUse(): DataUse {
  const chosen = readText(CHOSEN);
  return chosen === 'low' || chosen === 'full' ? chosen : 'auto';
}

export function setDataUse(use: DataUse): void {
  writeText(CHOSEN, use === 'auto' ? null : use);
  tell();
}

export function savesData(): boolean {
  const use = dataUse();
  return use === 'low' || (use === 'auto' && isSlow());
}

export function subscribeToDataUse(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isSlow(): boolean {
  return connection?.saveData === true || ['slow-2g', '2g'].includes(connection?.effectiveType ?? '');
}

function tell(): void {
  if (globalThis.document) document.documentElement.toggleAttribute('data-low-data', savesData());
  for (const listener of listeners) listener();
}

connection?.addEventListener('change', tell);
tell();
