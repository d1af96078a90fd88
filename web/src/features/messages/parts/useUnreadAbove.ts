import { useCallback, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { MessageWindow } from '../model';

type UnreadAbove = { list: RefObject<VirtualizerHandle | null>; window: MessageWindow; unread_idx: number; n_unread: number };

/** Whether the first unread message lies above what is shown, or before everything that is loaded. */
export function useUnreadAbove({ list, window, unread_idx, n_unread }: UnreadAbove) {
  const [isOut, setOut] = useState(false);
  const n_held = unread_idx < 0 ? 0 : window.messages.length - unread_idx;
  const isHeld = !window.has_older || n_held >= n_unread;

  const look = useCallback(() => {
    const handle = list.current;
    setOut(Boolean(handle && unread_idx >= 0 && handle.getItemOffset(unread_idx) < handle.scrollOffset));
  }, [list, unread_idx]);

  return { isAbove: n_unread > 0 && (isOut || !isHeld), isHeld, look };
}
