import type { KeyboardEvent } from 'react';
import { sendsWithCtrl } from '@/lib/keyboardSettings';

/** Opens the other ways to send. */
export function isOptionsKey({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return key === 'Enter' && shiftKey && (ctrlKey || metaKey);
}

/** Ctrl+Enter always sends; Enter does unless its owner chose otherwise; Shift+Enter never. */
export function isSendKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  if (key !== 'Enter' || altKey) return false;
  if (ctrlKey || metaKey) return !shiftKey;
  return !shiftKey && !sendsWithCtrl();
}
