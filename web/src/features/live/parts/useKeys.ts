import { useEffect, useEffectEvent } from 'react';
import type { Call } from '../engine/call';

/** Single letters while one is in, and the space bar to speak for as long as it is held; not where somebody writes. */
export function useKeys(isOn: boolean, call: Call, keys: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    const writes = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    if (writes || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key !== ' ') return keys[event.key.toLowerCase()]?.();
    // On a button or a link the space bar presses it.
    const presses = target instanceof HTMLElement && target.closest('button, a, summary, [role^="menuitem"], dialog');
    if (presses || call.read().mic || !call.read().canSpeak) return;
    event.preventDefault();
    void call.setMic(true);
    const release = (up: KeyboardEvent) => {
      if (up.key !== ' ') return;
      stop();
    };
    const stop = () => {
      removeEventListener('keyup', release);
      removeEventListener('blur', stop);
      void call.setMic(false);
    };
    addEventListener('keyup', release);
    addEventListener('blur', stop);
  });
  useEffect(() => {
    if (!isOn) return;
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isOn]);
}
