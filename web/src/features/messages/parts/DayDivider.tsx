import type { Micros } from '@/api/types';
import { dayOf } from '../time';
import styles from './Dividers.module.css';

/** Plain text inside the feed; the first message of the day says it again in its name. */
export function DayDivider({ at }: { at: Micros }) {
  return (
    <div className={styles.day}>
      <span>{dayOf(at)}</span>
    </div>
  );
}
