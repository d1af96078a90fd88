import type { Ask } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sayTime } from '@/lib/sayTime';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { useText } from '../strings';
import type { Acts } from './useActs';
import styles from './Asks.module.css';

/** For whoever asked: who needs more time than is usual, and who asked back. */
export function Wishes({ ask, acts, tabIndex }: { ask: Ask; acts: Acts; tabIndex: 0 | -1 }) {
  const waiting = ask.seats.filter(({ wished, state }) => wished !== null || state === 'asked_back');
  return waiting.map((seat) => <Wish key={seat.person_id} seat={seat} acts={acts} tabIndex={tabIndex} />);
}

function Wish({ seat, acts, tabIndex }: { seat: Ask['seats'][number]; acts: Acts; tabIndex: 0 | -1 }) {
  const t = useText();
  const name = usePerson(seat.person_id)?.name ?? '';
  const { person_id, wished } = seat;
  if (wished === null) {
    return (
      <p className={styles.wish}>
        {t('asked_back_by', { name })}
        <Button size="s" tone="plain" busy={acts.isBusy} tabIndex={tabIndex} onClick={() => acts.make({ move: 'resume' })}>
          {t('said_enough')}
        </Button>
      </p>
    );
  }
  return (
    <p className={styles.wish}>
      {t('wishes', { name, time: sayTime(wished, Date.now() * 1000, currentLocale()) })}
      <Button size="s" busy={acts.isBusy} tabIndex={tabIndex} onClick={() => acts.make({ move: 'grant', person_id })}>
        {t('grant')}
      </Button>
      <Button size="s" tone="plain" busy={acts.isBusy} tabIndex={tabIndex} onClick={() => acts.make({ move: 'refuse', person_id })}>
        {t('refuse')}
      </Button>
    </p>
  );
}
