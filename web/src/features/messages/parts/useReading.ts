import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Id, Seq } from '@/api/types';
import type { MessageWindow, TimelineRow } from '../model';
import { InView, pointerAfter } from '../reading';
import { moveRead } from '../readQueries';
import { isReadingHeld, releaseReading, view } from '../viewing';

const LOOK_MS = 250;

type Reading = {
  window: MessageWindow;
  rows: readonly TimelineRow[];
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLDivElement | null>;
  /** Absent for somebody who is not a member: there is no pointer to move. */
  read_seq: Seq | null;
  n_unread: number;
  me_id: Id;
  /** The reader has left the end of the conversation. */
  isAway: boolean;
};

/** Moves the read pointer over what was in view for a second while the window had focus. */
export function useReading(reading: Reading): void {
  const cache = useQueryClient();
  const latest = useRef(reading);
  const inView = useRef(new InView());
  const { channel_id, topic_id } = reading.window;

  useEffect(() => {
    latest.current = reading;
  });

  useEffect(() => {
    const look = () => {
      const { window, read_seq, n_unread, me_id } = latest.current;
      if (isReadingHeld(channel_id, topic_id)) return inView.current.forget();
      if (read_seq === null || !isLookedAt()) return inView.current.look([], performance.now());
      inView.current.look(seqsInView(latest.current), performance.now());
      const seq = pointerAfter({ ...window, read_seq, n_unread, seen: inView.current.seen, me_id });
      if (seq > read_seq) moveRead(cache, { channel_id, topic_id, seq }, me_id);
    };
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [cache, channel_id, topic_id]);

  // What arrives while the reader is at its end is not counted up before it is read.
  const { isAway } = reading;
  useEffect(() => {
    let leave: (() => void) | null = null;
    const look = () => {
      leave?.();
      leave = isLookedAt() && !isAway ? view(channel_id, topic_id) : null;
    };
    look();
    const stop = onLook(look);
    return () => {
      leave?.();
      stop();
    };
  }, [channel_id, topic_id, isAway]);

  useEffect(() => {
    const stop = onLook(() => !isLookedAt() && releaseReading(channel_id, topic_id));
    return () => {
      stop();
      releaseReading(channel_id, topic_id);
    };
  }, [channel_id, topic_id]);
}

/** Calls when the reader may have come or gone. */
function onLook(look: () => void): () => void {
  addEventListener('focus', look);
  addEventListener('blur', look);
  document.addEventListener('visibilitychange', look);
  return () => {
    removeEventListener('focus', look);
    removeEventListener('blur', look);
    document.removeEventListener('visibilitychange', look);
  };
}

function isLookedAt(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

function seqsInView({ rows, list, scroller }: Reading): Seq[] {
  const handle = list.current;
  const box = scroller.current;
  if (!handle || !box || rows.length === 0) return [];
  const first = handle.findItemIndex(handle.scrollOffset);
  const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
  return rows.slice(first, last + 1).map(({ message }) => message.seq);
}
