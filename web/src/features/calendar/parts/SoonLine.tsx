import { IconCalendarEvent, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Meeting } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime, ownTimeZone } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { useMe } from '@/realtime/start';
import { Link } from '@/router/Link';
import { IconButton } from '@/ui/IconButton';
import { useSoon } from '../queries';
import { useText } from '../strings';
import styles from './SoonLine.module.css';

/** A line for each meeting that is near, until it begins or is waved away. */
export function SoonLine() {
  const t = useText();
  const now = useMinute();
  const { data = [] } = useSoon();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const keyOf = ({ id, starts_at }: Meeting) => `${id} ${starts_at}`;
  const shown = data.filter((meeting) => meeting.starts_at > now && !hidden.includes(keyOf(meeting)));
  if (shown.length === 0) return null;
  return (
    <section className={styles.lines} aria-label={t('soon')}>
      {shown.map((meeting) => (
        <Line key={keyOf(meeting)} meeting={meeting} onHide={() => setHidden([...hidden, keyOf(meeting)])} />
      ))}
    </section>
  );
}

function Line({ meeting, onHide }: { meeting: Meeting; onHide: () => void }) {
  const t = useText();
  const timeZone = useMe()?.time_zone ?? ownTimeZone();
  return (
    <div role="status" className={styles.line}>
      <IconCalendarEvent size={16} stroke={1.6} aria-hidden="true" />
      <p>
        <b dir="auto">{meeting.title}</b> {t('soon_at', { clock: formatTime(meeting.starts_at, currentLocale(), timeZone) })}{' '}
        <Link to="/schedule">{t('open_schedule')}</Link>
      </p>
      <IconButton label={t('dismiss')} onClick={onHide}>
        <IconX size={16} stroke={1.6} aria-hidden />
      </IconButton>
    </div>
  );
}
