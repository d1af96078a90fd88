import { Link } from '@/router/Link';
import type { ReactNode } from 'react';
import { formatNumber } from '@/i18n/core';
import { useText } from './strings';
import styles from './Rail.module.css';

export type RailItemProps = { to: '/' | '/inbox' | '/schedule' | '/people' | '/settings'; icon: ReactNode; label: string; isOn: boolean; n_for_me?: number };

/** One way to go, in the rail and in the phone's tabs. */
export function RailItem({ to, icon, label, isOn, n_for_me = 0 }: RailItemProps) {
  const t = useText();
  return (
    <Link to={to} data-rail="" className={styles.item} aria-current={isOn ? 'page' : undefined}>
      {icon}
      <span>{label}</span>
      {n_for_me > 0 && (
        <b className={styles.badge}>
          <span aria-hidden="true">{n_for_me > 99 ? `${formatNumber(99)}+` : formatNumber(n_for_me)}</span>
          <span className="visually-hidden">, {t('n_for_you', { count: n_for_me })}</span>
        </b>
      )}
    </Link>
  );
}
