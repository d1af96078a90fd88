import type { LiveSession } from '@/api/types';
import { clockOf } from '../model';
import { useText } from '../strings';
import styles from './Live.module.css';
import { useNow } from './useNow';
import { Wave } from './Wave';

/** For how long it has been live. */
export function LivePill({ session }: { session: LiveSession }) {
  const t = useText();
  const isLive = session.ended_at === null;
  const now_us = useNow(isLive);
  if (!isLive) return null;
  return (
    <span className={styles.headPill}>
      <Wave />
      {t('live_for', { clock: clockOf(session.started_at, now_us) })}
    </span>
  );
}
