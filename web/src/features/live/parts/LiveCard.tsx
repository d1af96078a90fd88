import { IconVideo } from '@tabler/icons-react';
import { useState } from 'react';
import type { Id, LiveView, Message } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Face } from '@/ui/Face';
import { LinkButton } from '@/ui/LinkButton';
import { Skeleton } from '@/ui/Skeleton';
import { clockOf, minutesOf, partOf } from '../model';
import { useLive } from '../queries';
import { useText } from '../strings';
import { KeptNotesDialog } from './KeptNotesDialog';
import styles from './Live.module.css';
import { NumbersDialog } from './NumbersDialog';
import { useNow } from './useNow';
import { Wave } from './Wave';

type LiveCardProps = { message: Message; is_member: boolean; tabIndex: 0 | -1 };
const FACES = 5;

/** One entry: the violet strip while it is live, and what it was afterwards. */
export function LiveCard({ message, is_member, tabIndex }: LiveCardProps) {
  const t = useText();
  const { data: view, error, refetch } = useLive(message.channel_id, message.card?.id ?? '');
  if (view) return <Loaded live={view} is_member={is_member} tabIndex={tabIndex} />;
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

function Loaded({ live, is_member, tabIndex }: { live: LiveView; is_member: boolean; tabIndex: 0 | -1 }) {
  const t = useText();
  const [open, setOpen] = useState<'numbers' | 'notes' | null>(null);
  const me = useMe();
  const { session } = live;
  const isLive = session.ended_at === null;
  const now_us = useNow(isLive);
  const present = session.people.filter(({ is_in }) => is_in || !isLive);
  const mine = partOf(session, me?.id ?? '');
  const seesAll = session.tells_hosts && mine?.role === 'host';
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
      {!isLive && mine && (
        <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setOpen('numbers')}>
          {seesAll ? t('numbers') : t('own_numbers')}
        </Button>
      )}
      {live.kept.length > 0 && (
        <Button size="s" tone="plain" tabIndex={tabIndex} onClick={() => setOpen('notes')}>
          {t('kept_notes')}
        </Button>
      )}
      {open === 'numbers' && <NumbersDialog session={session} seesAll={seesAll} onClose={() => setOpen(null)} />}
      {open === 'notes' && <KeptNotesDialog live={live} onClose={() => setOpen(null)} />}
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
