import type { KeyboardEvent } from 'react';
import { sendsWithCtrl } from '@/lib/keyboardSettings';

/** Ctrl+Enter always sends; Enter does unless its owner chose otherwise; Shift+Enter never. */
export function isSendKey({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  if (key !== 'Enter' || altKey) return false;
  if (ctrlKey || metaKey) return true;
  return !shiftKey && !sendsWithCtrl();
}
