import type { LiveSession, LiveList as Sessions } from '@/api/types';
import { Link } from '@/router/Link';
import { useLiveNow } from '../queries';
import { useText } from '../strings';
import styles from './LiveNow.module.css';
import { Wave } from './Wave';

/** In the sidebar: what is live now, where anything is. */
export function LiveNow() {
  const t = useText();
  const { data } = useLiveNow();
  if (!data || data.sessions.length === 0) return null;
  return (
    <nav className={styles.now} aria-label={t('live_now')}>
      <h2>
        <Link to="/live">{t('live_now')}</Link>
      </h2>
      <LiveList list={data} />
    </nav>
  );
}

export function LiveList({ list: { sessions, titles } }: { list: Sessions }) {
  const t = useText();
  return (
    <ul>
      {sessions.map((session, idx) => (
        <Row key={session.id} session={session} title={titles[idx] || t('live_session')} />
      ))}
    </ul>
  );
}

function Row({ session, title }: { session: LiveSession; title: string }) {
  const t = useText();
  return (
    <li>
      <Link to="/c/$channelId/live/$liveId" params={{ channelId: session.channel_id, liveId: session.id }} className={styles.link}>
        <Wave />
        <span dir="auto">{title}</span>
        <small>{t('n_here', { count: session.n_in })}</small>
      </Link>
    </li>
  );
}
