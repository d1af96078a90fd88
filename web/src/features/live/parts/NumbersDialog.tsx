import type { LiveNumbers, LivePersonNumbers, LiveSession } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { usePerson } from '@/realtime/people';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { shareOf } from '../model';
import { useNumbers } from '../queries';
import { useText } from '../strings';
import styles from './Numbers.module.css';

type NumbersDialogProps = { session: LiveSession; seesAll: boolean; onClose: () => void };

/** Who was in from when to when: everybody's part for whoever hosted it where the charter says so, else one's own. */
export function NumbersDialog({ session, seesAll, onClose }: NumbersDialogProps) {
  const t = useText();
  const { data, error, refetch } = useNumbers(session.channel_id, session.id);
  const ownHint = session.tells_hosts ? t('own_numbers_hint_told') : t('own_numbers_hint');
  return (
    <Dialog title={seesAll ? t('numbers') : t('own_numbers')} hint={seesAll ? t('numbers_hint') : ownHint} onClose={onClose}>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />)}
      {data && (data.all ? <Everybody all={data.all} /> : <Own mine={data.mine} isCounted={session.tells_hosts} />)}
    </Dialog>
  );
}

/** Hosts first, then in the order of coming: nobody stands above another for what they said. */
function Everybody({ all }: { all: readonly LivePersonNumbers[] }) {
  const t = useText();
  const total_s = all.reduce((sum, { spoke_s }) => sum + spoke_s, 0);
  if (all.length === 0) return <p>{t('nobody_was')}</p>;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('person')}</th>
            <th scope="col">{t('in_minutes')}</th>
            {total_s > 0 && <th scope="col">{t('voice')}</th>}
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <Row key={one.person_id} one={one} total_s={total_s} />
          ))}
        </tbody>
      </table>
      {total_s === 0 && <p className={styles.small}>{t('no_voice')}</p>}
    </>
  );
}

function Row({ one, total_s }: { one: LivePersonNumbers; total_s: number }) {
  const t = useText();
  const name = usePerson(one.person_id)?.name ?? t('somebody');
  const share = total_s > 0 ? one.spoke_s / total_s : 0;
  return (
    <tr>
      <th scope="row">
        <span dir="auto">{name}</span>
        <Stays stays={one.stays} />
      </th>
      <td>{Math.max(1, Math.round(one.stayed_s / 60))}</td>
      {total_s > 0 && (
        <td>
          <span className={styles.bar} aria-hidden="true">
            <i style={{ inlineSize: `${Math.round(share * 100)}%` }} />
          </span>
          {t(`voice_${shareOf(one.spoke_s, total_s)}`)}
        </td>
      )}
    </tr>
  );
}

function Stays({ stays }: { stays: LivePersonNumbers['stays'] }) {
  const t = useText();
  const locale = currentLocale();
  return (
    <small>
      {stays.map(({ came_at, left_at }) => (
        <time key={came_at} dateTime={new Date(came_at / 1000).toISOString()}>
          {t('from_to', { from: formatTime(came_at, locale), to: left_at === null ? t('still_in') : formatTime(left_at, locale) })}
        </time>
      ))}
    </small>
  );
}

function Own({ mine, isCounted }: { mine: LiveNumbers['mine']; isCounted: boolean }) {
  const t = useText();
  if (!mine) return <p>{t('you_were_not_in')}</p>;
  return (
    <div className={styles.own}>
      <p>{t('you_stayed', { count: Math.max(1, Math.round(mine.stayed_s / 60)) })}</p>
      <Stays stays={mine.stays} />
      {isCounted && <p>{spokeWords()}</p>}
    </div>
  );

  function spokeWords() {
    const spoke_s = mine?.spoke_s ?? 0;
    if (spoke_s === 0) return t('you_spoke_none');
    return spoke_s < 45 ? t('you_spoke_little') : t('you_spoke', { count: Math.round(spoke_s / 60) });
  }
}
