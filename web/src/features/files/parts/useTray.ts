import { useEffect, useSyncExternalStore } from 'react';
import type { Attachment, Id } from '@/api/types';
import { engine } from '../engine';
import { trayOf, type Tray, type TrayItem } from '../tray';

export type TrayState = {
  files: readonly Attachment[];
  n_waiting: number;
  n_asking: number;
  clear: (ids: readonly Id[]) => void;
  bring: (files: readonly Attachment[]) => void;
};

/** The tray of a place and what is in it; `onState` is told at each change. */
export function useTray(place: string, onState: (state: TrayState) => void): { tray: Tray; items: readonly TrayItem[] } {
  const tray = trayOf(place, engine);
  const items = useSyncExternalStore(tray.subscribe, tray.items);
  useEffect(() => {
    const files = items.flatMap(({ file }) => (file ? [file] : []));
    const count = (...states: TrayItem['state'][]) => items.filter(({ state }) => states.includes(state)).length;
    onState({ files, n_waiting: count('sending', 'waiting'), n_asking: count('asking'), clear: (ids) => tray.clear(ids), bring: (back) => tray.bring(back) });
    // The callback of each drawing does the same.
  }, [items, tray]);
  return { tray, items };
}
