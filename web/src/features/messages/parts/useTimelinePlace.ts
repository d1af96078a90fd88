import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Id } from '@/api/types';
import type { TimelineRow } from '../model';
import { fetchPlace } from '../queries';
import type { FeedWindow } from './useFeedWindow';
import { useSettling } from './useSettling';

/** A wish to see one message; a new object for each wish. */
export type Jump = { message_id: Id };
type Aim = 'end' | 'unread' | Jump;

/** How long a message that was jumped to stays marked. */
const MARK_MS = 2_000;
/** What stays visible above the first unread message. */
const CONTEXT_PX = 72;

type Place = {
  rows: readonly TimelineRow[];
  epoch: number;
  unread_idx: number;
  list: RefObject<VirtualizerHandle | null>;
  feed: FeedWindow;
  jump: Jump | null;
  toEnd: () => void;
  release: () => void;
  choose: (id: Id) => void;
  onSettled: () => void;
};

/** Where the view stands when the window appears, when it was replaced, and when somebody wants to see a certain message. */
export function useTimelinePlace({ rows, epoch, unread_idx, list, feed, jump, toEnd, release, choose, onSettled }: Place) {
  const cache = useQueryClient();
  const aim = useRef<Aim>('unread');
  const [marked, setMarked] = useState<Id | null>(null);
  const { put, ...settling } = useSettling(onSettled);

  const showAt = useCallback(
    (idx: number, align: 'start' | 'center') => {
      release();
      list.current?.scrollToIndex(idx, { align, offset: align === 'start' ? -CONTEXT_PX : 0 });
    },
    [list, release],
  );

  const take = useCallback(
    (goal: Aim): boolean => {
      if (goal === 'end' || (goal === 'unread' && unread_idx < 0)) {
        put(toEnd);
        return true;
      }
      const idx = goal === 'unread' ? unread_idx : rows.findIndex(({ message }) => message.id === goal.message_id);
      if (idx < 0) return false;
      put(() => showAt(idx, goal === 'unread' ? 'start' : 'center'));
      if (goal !== 'unread') {
        setMarked(goal.message_id);
        choose(goal.message_id);
      }
      return true;
    },
    [rows, unread_idx, toEnd, showAt, choose, put],
  );

  const latestTake = useRef(take);
  useLayoutEffect(() => {
    latestTake.current = take;
  });

  useLayoutEffect(() => {
    latestTake.current(aim.current);
    aim.current = 'unread';
  }, [epoch]);

  const { around, latest } = feed;
  useEffect(() => {
    if (!jump || latestTake.current(jump)) return;
    aim.current = jump;
    void fetchPlace(cache, jump.message_id).then(({ seq }) => around(seq), () => undefined);
  }, [jump, cache, around]);

  useEffect(() => {
    if (!marked) return;
    const timer = setTimeout(() => setMarked(null), MARK_MS);
    return () => clearTimeout(timer);
  }, [marked]);

  const goTo = useCallback(
    (goal: 'end' | 'unread', seq: number | null) => {
      aim.current = goal;
      if (seq !== null) void around(seq);
      else latestTake.current(goal);
    },
    [around],
  );
  const goToLatest = useCallback(
    (has_newer: boolean) => {
      aim.current = 'end';
      if (has_newer) void latest();
      else latestTake.current('end');
    },
    [latest],
  );
  return { marked, goTo, goToLatest, ...settling };
}
