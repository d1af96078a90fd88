import type { GoneAsk, Id } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sayTime } from '@/lib/sayTime';
import { useMinute } from '@/lib/useMinute';
import { useChannelName } from '@/realtime/channelName';
import { usePerson } from '@/realtime/people';
import { useChannelRow } from '@/realtime/start';
import { useText } from '../strings';
import styles from './Asks.module.css';

/** What is over because its message is gone: what was asked nobody can read any more, that it is over one can. */
export function GoneAsks({ asks, me_id }: { asks: readonly GoneAsk[]; me_id: Id }) {
  const t = useText();
  return (
    <section aria-labelledby="gone-asks">
      <h2 id="gone-asks" className={styles.heading}>
        {t('gone_title')}
      </h2>
      <ul className={styles.gone}>
        {asks.map((ask) => (
          <GoneLine key={ask.message_id} ask={ask} me_id={me_id} />
        ))}
      </ul>
    </section>
  );
}

function GoneLine({ ask, me_id }: { ask: GoneAsk; me_id: Id }) {
  const t = useText();
  const now = useMinute();
  const name = usePerson(ask.asker_id)?.name ?? t('somebody');
  const place = useChannelName(useChannelRow(ask.channel_id));
  const values = { name, place, time: sayTime(ask.asked_at, now, currentLocale()) };
  const whose = ask.asker_id === me_id ? 'gone_mine' : 'gone_of';
  return <li dir="auto">{t(ask.by_rule ? `${whose}_rule` : whose, values)}</li>;
}
