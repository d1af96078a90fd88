import { IconMessageQuestion } from '@tabler/icons-react';
import type { Id } from '@/api/types';
import { formatNumber } from '@/i18n/core';
import { Link } from '@/router/Link';
import { useAskCounts } from '../queries';
import { useText } from '../strings';
import styles from './Asks.module.css';

/** In the sidebar: how much is on me. */
export function AsksPlace({ me_id }: { me_id: Id }) {
  const t = useText();
  const n = useAskCounts(me_id).data?.n_on_me ?? 0;
  return (
    <li>
      <Link to="/asks" showsCurrent>
        <IconMessageQuestion size={16} stroke={1.6} aria-hidden="true" />
        {t('asks_title')}
        {n > 0 && (
          <b className={styles.count}>
            <span aria-hidden="true">{formatNumber(n)}</span>
            <span className="visually-hidden">, {t('n_on_me', { count: n })}</span>
          </b>
        )}
      </Link>
    </li>
  );
}
