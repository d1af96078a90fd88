import { useCallback, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

type UnreadAbove = { list: RefObject<VirtualizerHandle | null>; unread_idx: number; n_unread: number };

/** Whether the first unread message lies above what is shown, or before everything that is loaded. */
export function useUnreadAbove({ list, unread_idx, n_unread }: UnreadAbove) {
  const [isOut, setOut] = useState(false);

  const look = useCallback(() => {
    const handle = list.current;
    setOut(Boolean(handle && unread_idx >= 0 && handle.getItemOffset(unread_idx) < handle.scrollOffset));
  }, [list, unread_idx]);

  return { isAbove: n_unread > 0 && (isOut || unread_idx < 0), look };
}
