import { IconUrgent } from '@tabler/icons-react';
import type { Urgent } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { Link } from '@/router/Link';
import { useText } from '../strings';
import styles from './UrgentRows.module.css';
import { useWhy } from '../why';
import { UrgentRowMoves } from './UrgentRowMoves';

/** What calls me and waits for my reaction, above all that can wait. */
export function UrgentRows({ items }: { items: readonly Urgent[] }) {
  const t = useText();
  return (
    <ul className={styles.rows} aria-label={t('urgent')}>
      {items.map((urgent) => (
        <Row key={urgent.id} urgent={urgent} />
      ))}
    </ul>
  );
}

function Row({ urgent }: { urgent: Urgent }) {
  const t = useText();
  const name = usePerson(urgent.sender_id)?.name ?? '';
  const why = useWhy(urgent);
  return (
    <li className={styles.row}>
      <IconUrgent size={22} stroke={1.6} aria-hidden="true" />
      <Link to="/m/$messageId" params={{ messageId: urgent.message_id }} className={styles.words} data-row="">
        <b>{t('urgent_kind', { kind: t(`kind_${urgent.kind}`) })}</b>
        {why ? (
          <span>
            {t('person_calls', { name })} <bdi>{why}</bdi>
          </span>
        ) : (
          <span>{t('person_calls_only', { name })}</span>
        )}
      </Link>
      <div className={styles.buttons}>
        <UrgentRowMoves message_id={urgent.message_id} />
      </div>
    </li>
  );
}
