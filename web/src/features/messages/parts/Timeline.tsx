import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { Id, Seq } from '@/api/types';
import type { OutboxItem } from '@/realtime/outbox';
import { rowsOf, type MessageWindow, type TimelineRow } from '../model';
import { unreadIndex } from '../reading';
import { messageOf } from '../unsent';
import type { MessageActions } from './actions';
import { MessageRow } from './MessageRow';
import styles from './Timeline.module.css';
import { TimelineEdge } from './TimelineEdge';
import { TimelinePills } from './TimelinePills';
import type { FeedWindow } from './useFeedWindow';
import { useNewLine } from './useNewLine';
import { usePrepended } from './usePrepended';
import { useReading } from './useReading';
import { useRovingFocus } from './useRovingFocus';
import { useStickyScroll } from './useStickyScroll';
import { useTimelinePlace, type Jump } from './useTimelinePlace';
import { useUnreadAbove } from './useUnreadAbove';

export type TimelineProps = {
  label: string;
  window: MessageWindow;
  unsent: readonly OutboxItem[];
  feed: FeedWindow;
  /** `null` for somebody without a read pointer here. */
  read_seq: Seq | null;
  n_unread: number;
  me_id: Id;
  jump: Jump | null;
  /** Counts what the reader sent from here; a new one takes them to the end. */
  n_sent: number;
  actions: MessageActions;
  /** What stands above the first message of all, or alone when there is none. */
  begin: ReactNode;
  onMarkRead: () => void;
};

export function Timeline(props: TimelineProps) {
  const { window, unsent, feed, me_id, actions, begin } = props;
  const { messages, has_older, has_newer } = window;
  const read_seq = props.read_seq ?? Number.MAX_SAFE_INTEGER;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);

  const unread_idx = useMemo(
    () => unreadIndex(messages, has_older, read_seq, props.n_unread, me_id),
    [messages, has_older, read_seq, props.n_unread, me_id],
  );
  const line = useNewLine(messages[unread_idx]?.seq ?? null, read_seq, window.epoch);
  const rows = useMemo(() => {
    const pending = has_newer ? [] : unsent.map(messageOf);
    return rowsOf(pending.length > 0 ? [...messages, ...pending] : messages, line);
  }, [messages, unsent, has_newer, line]);
  const unsentById = useMemo(() => new Map(unsent.map((item) => [item.id, item])), [unsent]);
  const sticky = useStickyScroll({
    scroller,
    list,
    n_rows: rows.length,
    last_id: rows.at(-1)?.message.id,
    has_older,
    has_newer,
    onOlder: feed.older,
    onNewer: feed.newer,
  });
  const roving = useRovingFocus({ rows, list, scroller, actions });
  const place = useTimelinePlace({ ...sticky, epoch: window.epoch, rows, unread_idx, list, feed, jump: props.jump, choose: roving.setChosen, onSettled: () => sticky.onScroll(true) });
  const above = useUnreadAbove({ list, unread_idx, n_unread: props.n_unread });
  useReading({ window, read_seq: props.read_seq, n_unread: props.n_unread, me_id, rows, list, scroller, isAway: sticky.isAway });
  const isPrepended = usePrepended(rows, window.epoch);

  const { goToLatest } = place;
  useEffect(() => {
    if (props.n_sent > 0) goToLatest(has_newer);
    // Only a new message of mine moves the view, not a change of the window.
  }, [props.n_sent]);

  const onResize = () => {
    place.onResize();
    above.look();
  };
  const onScroll = () => {
    sticky.onScroll(!place.isSettling());
    above.look();
  };

  const draw = (row: TimelineRow, idx: number) => (
    <MessageRow
      key={row.message.id}
      message={row.message}
      unsent={unsentById.get(row.message.id)}
      starts_group={row.starts_group}
      starts_day={row.starts_day}
      starts_new={row.starts_new}
      position={idx + 1}
      set_size={has_older || has_newer ? -1 : rows.length}
      isActive={row.message.id === roving.active_id}
      isMarked={row.message.id === place.marked}
      begin={idx === 0 && !has_older ? begin : null}
    />
  );

  return (
    <div className={styles.timeline}>
      <div
        ref={scroller}
        className={styles.scroller}
        // A feed without an article would be a broken promise.
        role={rows.length > 0 ? 'feed' : 'group'}
        aria-label={props.label}
        aria-busy={feed.loading !== null}
        onKeyDown={roving.onKeyDown}
        onWheel={place.endSettling}
        onPointerDown={place.endSettling}
        onTouchStart={place.endSettling}
        onFocus={({ target }) => target.dataset['messageId'] && roving.setChosen(target.dataset['messageId'])}
      >
        <TimelineEdge feed={feed} />
        <div className={styles.spacer} data-spacer="" />
        {rows.length === 0 && begin}
        <Virtualizer
          key={window.epoch}
          ref={list}
          scrollRef={scroller}
          data={rows}
          bufferSize={400}
          shift={isPrepended}
          keepMounted={roving.active_idx >= 0 ? [roving.active_idx] : undefined}
          onScroll={onScroll}
          onResize={onResize}
        >
          {draw}
        </Virtualizer>
        <div className={styles.tail} />
      </div>
      <TimelinePills
        n_unread={above.isAbove ? props.n_unread : 0}
        isAway={sticky.isAway}
        onFirstUnread={() => place.goTo('unread', unread_idx >= 0 ? null : read_seq + 1)}
        onMarkRead={props.onMarkRead}
        onLatest={() => goToLatest(has_newer)}
      />
    </div>
  );
}
