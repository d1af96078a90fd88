import { IconVideo } from '@tabler/icons-react';
import type { Id, LiveSession, Message } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { Face } from '@/ui/Face';
import { LinkButton } from '@/ui/LinkButton';
import { Skeleton } from '@/ui/Skeleton';
import { clockOf, minutesOf } from '../model';
import { useLive } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';
import { useNow } from './useNow';
import { Wave } from './Wave';

type LiveCardProps = { message: Message; is_member: boolean; tabIndex: 0 | -1 };
const FACES = 5;

/** One entry: the violet strip while it is live, and what it was afterwards. */
export function LiveCard({ message, is_member, tabIndex }: LiveCardProps) {
  const t = useText();
  const { data: view, error, refetch } = useLive(message.channel_id, message.card?.id ?? '');
  if (view) return <Loaded session={view.session} is_member={is_member} tabIndex={tabIndex} />;
  if (!error) {
    return (
      <div className={styles.strip}>
        <Skeleton rows={1} />
      </div>
    );
  }
  return (
    <div className={styles.strip}>
      <p className={styles.note}>{t('failed')}</p>
      <Button size="s" tabIndex={tabIndex} onClick={() => void refetch()}>
        {t('retry')}
      </Button>
    </div>
  );
}

function Loaded({ session, is_member, tabIndex }: { session: LiveSession; is_member: boolean; tabIndex: 0 | -1 }) {
  const t = useText();
  const isLive = session.ended_at === null;
  const now_us = useNow(isLive);
  const present = session.people.filter(({ is_in }) => is_in || !isLive);
  const place = { channelId: session.channel_id, liveId: session.id };
  return (
    <div className={styles.strip} data-live={isLive || undefined} role="group" aria-label={isLive ? t('live_now') : t('was_live')}>
      <span className={styles.pill}>
        {isLive ? <Wave /> : <IconVideo size={16} stroke={1.6} aria-hidden="true" />}
        {isLive ? t('live_for', { clock: clockOf(session.started_at, now_us) }) : t('was_live')}
      </span>
      {present.slice(0, FACES).map(({ person_id }) => (
        <PersonFace key={person_id} person_id={person_id} />
      ))}
      <span className={styles.note}>{isLive ? inWords() : afterWords()}</span>
      {isLive && is_member && (
        <LinkButton to="/c/$channelId/live/$liveId" params={place} size="s" tabIndex={tabIndex}>
          {t('join')}
        </LinkButton>
      )}
    </div>
  );

  function inWords() {
    if (session.opened_at === null) return t('preparing');
    return session.n_in === 0 ? t('nobody_in') : t('n_in', { count: session.n_in });
  }

  function afterWords() {
    const words = [t('minutes', { count: minutesOf(session, now_us) }), t('n_came', { count: session.n_came })];
    if (session.outcome === 'decision') words.push(session.decision?.objected_at != null ? t('came_objected') : t('came_decision'));
    if (session.outcome === 'asks') words.push(t('came_asks'));
    return words.join(' · ');
  }
}

function PersonFace({ person_id }: { person_id: Id }) {
  const person = usePerson(person_id);
  return (
    <span title={person?.name}>
      <Face id={person_id} name={person?.name ?? ''} picture={person?.picture ?? null} size={26} />
    </span>
  );
}
