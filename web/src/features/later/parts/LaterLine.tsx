import { IconCalendarTime } from '@tabler/icons-react';
import type { Id } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { Link } from '@/router/Link';
import { sayWhen } from '../model';
import { useScheduled } from '../queries';
import { useText } from '../strings';
import styles from './Later.module.css';

/** On top of the composer: how much of mine waits in this conversation, and when the first goes out. */
export function LaterLine({ channel_id, topic_id }: { channel_id: Id; topic_id: Id | null }) {
  const t = useText();
  const now = useMinute();
  const { data } = useScheduled();
  const here = (data ?? []).filter((item) => item.channel_id === channel_id && item.topic_id === topic_id);
  const waiting = here.filter(({ failed }) => failed === null);
  const n_failed = here.length - waiting.length;
  const [first] = waiting;
  if (here.length === 0) return null;
  return (
    <p className={styles.line} data-failed={n_failed > 0 || undefined}>
      <IconCalendarTime size={14} stroke={1.6} aria-hidden="true" />
      <Link to="/scheduled">
        {n_failed > 0 && t('failed_here', { count: n_failed })}
        {n_failed > 0 && first && ' · '}
        {first && t('scheduled_here', { count: waiting.length, when: sayWhen(first.due_at, now, currentLocale(), t) })}
      </Link>
    </p>
  );
}
