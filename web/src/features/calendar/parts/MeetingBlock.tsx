import type { CSSProperties } from 'react';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { useMe } from '@/realtime/start';
import { answerOf, isAsking, type Placed } from '../model';
import { useText } from '../strings';
import styles from './Schedule.module.css';
import type { Week } from './week';

/** Minutes that are high enough for two lines. */
const TWO_LINES_MIN = 45;

/** A meeting in the week; what I answered stands in words, not only in its look. */
export function MeetingBlock({ block, style, week }: { block: Placed; style: CSSProperties; week: Week }) {
  const t = useText();
  const locale = currentLocale();
  const me = useMe();
  const { meeting, lane, n_lanes } = block;
  const answer = answerOf(meeting, me?.id) ?? 'open';
  const state = meeting.is_canceled ? 'canceled' : isAsking(meeting) ? 'asking' : answer;
  const time = `${formatTime(meeting.starts_at, locale, week.timeZone)}–${formatTime(meeting.ends_at, locale, week.timeZone)}`;
  return (
    <button
      type="button"
      className={styles.block}
      data-state={state}
      data-short={block.to_min - block.from_min < TWO_LINES_MIN || undefined}
      style={{ ...style, insetInlineStart: `calc(${(lane / n_lanes) * 100}% + 2px)`, inlineSize: `calc(${100 / n_lanes}% - 4px)` }}
      onClick={() => week.onOpen(meeting.id)}
    >
      <b dir="auto">{meeting.title}</b>
      <span>
        {' '}
        {time}
        {state !== 'yes' && <> · {t(`state_${state}`)}</>}
      </span>
    </button>
  );
}
