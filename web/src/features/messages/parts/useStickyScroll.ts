import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

/** The air below the last message (see `.tail`). */
const TAIL_PX = 14;
/** Nearer to the end than this, new messages pull the view along. */
const STICK_PX = 40;
/** Further than this, a pill offers the way back (design guide, section 3). */
const AWAY_PX = 400;
/** Further messages are asked for before the edge comes into view. */
const EDGE_PX = 900;

type StickyScroll = {
  scroller: RefObject<HTMLDivElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  n_rows: number;
  /** The newest row; when it changes and the reader is at the end, the view follows. */
  last_id: string | undefined;
  has_older: boolean;
  has_newer: boolean;
  onOlder: () => void;
  onNewer: () => void;
};

export function useStickyScroll({ scroller, list, n_rows, last_id, has_older, has_newer, onOlder, onNewer }: StickyScroll) {
  const sticks = useRef(true);
  const [isAway, setAway] = useState(false);

  const toEnd = useCallback(() => {
    sticks.current = true;
    list.current?.scrollToIndex(n_rows - 1, { align: 'end', offset: TAIL_PX });
  }, [list, n_rows]);

  const release = useCallback(() => {
    sticks.current = false;
  }, []);

  const onScroll = useCallback((may_load: boolean) => {
    const box = scroller.current;
    if (!box) return;
    const below = box.scrollHeight - box.scrollTop - box.clientHeight;
    sticks.current = below < STICK_PX && !has_newer;
    setAway(below > AWAY_PX || has_newer);
    if (may_load && box.scrollTop < EDGE_PX && has_older) onOlder();
    if (may_load && below < EDGE_PX && has_newer) onNewer();
  }, [scroller, has_older, has_newer, onOlder, onNewer]);

  useLayoutEffect(() => {
    if (sticks.current && last_id) toEnd();
  }, [last_id, toEnd]);

  // A growing composer or an opening keyboard makes the view smaller; the end stays in it.
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const observer = new ResizeObserver(() => {
      if (sticks.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [scroller]);

  return { isAway, onScroll, toEnd, release };
}
