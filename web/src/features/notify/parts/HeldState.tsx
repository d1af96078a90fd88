import { IconClock } from '@tabler/icons-react';
import type { Message } from '@/api/types';
import { useMinute } from '@/lib/useMinute';
import { cityOf, waitOf } from '../model';
import { momentOf } from '../moment';
import { useHeldMessages } from '../queries';
import { useText } from '../strings';
import styles from './Held.module.css';

/** "Held until 08:30 in Tokyo": under a message of mine in a direct conversation, and never why. */
export function HeldState({ message }: { message: Message }) {
  const t = useText();
  const now = useMinute();
  const { data } = useHeldMessages(message.channel_id);
  const wait = data && waitOf(data.items, message.id, now);
  if (!wait) return null;
  const { n, last } = wait;
  return (
    <p className={styles.state}>
      <IconClock size={14} stroke={1.6} aria-hidden="true" />
      {n === 1
        ? t('held_until', { time: momentOf(last.until, now, last.time_zone), place: cityOf(last.time_zone) })
        : t('held_until_some', { count: n, time: momentOf(last.until, now) })}
    </p>
  );
}
