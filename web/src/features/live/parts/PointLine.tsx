import type { LiveView } from '@/api/types';
import { clockOf } from '../model';
import { useText } from '../strings';
import styles from './Live.module.css';
import { useNow } from './useNow';

/** Which point of the agenda it is, and for how long it has been. Over its time it says so, and does nothing else. */
export function PointLine({ live: { session, agenda } }: { live: LiveView }) {
  const t = useText();
  const now_us = useNow(session.point !== null);
  const point = session.point === null ? undefined : agenda[session.point];
  if (!point || session.point_at === null) return null;
  const clock = clockOf(session.point_at, now_us);
  const isOver = point.minutes != null && now_us > session.point_at + point.minutes * 60_000_000;
  return (
    <p className={styles.point} data-over={isOver || undefined}>
      <b dir="auto">{point.title}</b> <span>{point.minutes ? t(isOver ? 'point_over' : 'point_clock', { clock, count: point.minutes }) : clock}</span>
    </p>
  );
}
