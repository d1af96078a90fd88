import type { LivePerson, LiveView } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { tellRefusal } from '@/ui/tellRefusal';
import { clockOf } from '../model';
import { usePlacePerson } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';
import { useNow } from './useNow';

/** In which smaller room one is, and when all come back. */
export function BreakoutLine({ live: { session, breakouts }, me, isHost }: { live: LiveView; me: LivePerson | undefined; isHost: boolean }) {
  const t = useText();
  const now_us = useNow(session.breakouts_until !== null);
  const place = usePlacePerson(session.channel_id, session.id);
  if (session.n_breakouts === 0) return null;
  const mine = breakouts.find(({ id }) => id === me?.breakout_id);
  const left = session.breakouts_until === null ? null : clockOf(now_us, session.breakouts_until);
  const words = mine ? t('you_are_in', { name: mine.name }) : t('rooms_open', { count: session.n_breakouts });
  return (
    <p className={styles.notice} role="status">
      <span dir="auto">{words}</span>
      {left !== null && <span aria-hidden="true"> · {t('back_in', { clock: left })}</span>}{' '}
      {mine && (isHost || session.may_choose) && me && (
        <Button size="s" onClick={() => settle(place.mutateAsync({ person_id: me.person_id, breakout_id: null }), { onError: tellRefusal })}>
          {t('to_large_room')}
        </Button>
      )}
    </p>
  );
}
