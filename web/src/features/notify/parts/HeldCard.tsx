import { IconMoon } from '@tabler/icons-react';
import { useMinute } from '@/lib/useMinute';
import { nextTelling } from '../model';
import { momentOf } from '../moment';
import { useNotices } from '../queries';
import { useText } from '../strings';
import styles from './Held.module.css';

/** "7 held until 08:30. None needs you before 14:00." Nothing when nothing waits: there is no need to look. */
export function HeldCard() {
  const t = useText();
  const now = useMinute();
  const { data } = useNotices();
  const next = data && nextTelling(data, now);
  if (!data || !next) return null;
  const time = momentOf(next, now);
  return (
    <p className={styles.card} role="status">
      <IconMoon size={16} stroke={1.6} aria-hidden="true" />
      <span>
        <b>{t('held', { count: data.n_held, time })}</b>
        <span>{data.first_due === null ? t('held_free') : t('held_due', { time: momentOf(data.first_due, now) })}</span>
      </span>
    </p>
  );
}
