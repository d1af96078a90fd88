import { IconUsersGroup } from '@tabler/icons-react';
import type { Message, OfficeView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { useOffice } from '../queries';
import { useText } from '../strings';
import { HostPart } from './HostPart';
import styles from './Office.module.css';
import { OwnPlace } from './OwnPlace';

type OfficeCardProps = { message: Message; is_member: boolean; tabIndex: 0 | -1 };

/** One entry: who receives until when, how many wait, and one's own place; for whoever receives the queue. */
export function OfficeCard({ message, is_member, tabIndex }: OfficeCardProps) {
  const t = useText();
  const { data: view, error, refetch } = useOffice(message.channel_id, message.card?.id ?? '');
  if (view) return <Loaded view={view} is_member={is_member} tabIndex={tabIndex} />;
  if (!error) {
    return (
      <div className={styles.card}>
        <Skeleton rows={2} />
      </div>
    );
  }
  return (
    <div className={styles.card}>
      <p className={styles.note}>{t('failed')}</p>
      <Button size="s" tabIndex={tabIndex} onClick={() => void refetch()}>
        {t('retry')}
      </Button>
    </div>
  );
}

function Loaded({ view, is_member, tabIndex }: { view: OfficeView; is_member: boolean; tabIndex: 0 | -1 }) {
  const t = useText();
  const { office } = view;
  const locale = currentLocale();
  const name = usePerson(office.host_id)?.name ?? t('somebody');
  const isOpen = office.ended_at === null;
  return (
    <div className={styles.card} role="group" aria-label={t('office_hours')}>
      <p className={styles.head}>
        <IconUsersGroup size={16} stroke={1.6} aria-hidden="true" />
        {t('office_hours')}
      </p>
      <p className={styles.note}>{isOpen ? t('facts', { name, until: formatTime(office.until_at, locale), minutes: office.minutes }) : t('over')}</p>
      {isOpen && (
        <p className={styles.note} role="status">
          {office.n_waiting === 0 ? t('nobody_waits') : t('n_waiting', { count: office.n_waiting })}
          {office.later_at !== null && ` ${t('away', { time: formatTime(office.later_at, locale) })}`}
        </p>
      )}
      {isOpen && is_member && (view.queue ? <HostPart view={view} queue={view.queue} tabIndex={tabIndex} /> : <OwnPlace view={view} tabIndex={tabIndex} />)}
    </div>
  );
}
