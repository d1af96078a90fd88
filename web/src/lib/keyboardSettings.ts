/** How this browser's reader uses the keyboard. Single-letter keys can be turned off (WCAG 2.1.4). */
import { readText, writeText } from './storage';

const SINGLE_KEYS = 'antiphon.single-keys';
const SEND_KEY = 'antiphon.send-key';

export function hasSingleKeys(): boolean {
  return readText(SINGLE_KEYS) !== 'off';
}

export function setSingleKeys(on: boolean): void {
  writeText(SINGLE_KEYS, on ? null : 'off');
}

/** False: Enter sends and Shift+Enter begins a line. True: Enter begins a line and Ctrl+Enter sends. */
export function sendsWithCtrl(): boolean {
  return readText(SEND_KEY) === 'ctrl';
}

export function setSendsWithCtrl(on: boolean): void {
  writeText(SEND_KEY, on ? 'ctrl' : null);
}
