import { IconCheck, IconUrgent } from '@tabler/icons-react';
import type { Id, Message, UrgentView } from '@/api/types';
import { Button } from '@/ui/Button';
import { keepFocus } from '@/ui/keepFocus';
import { Skeleton } from '@/ui/Skeleton';
import { isOpen, namedIn } from '../model';
import { useNames, useUrgent } from '../queries';
import { useText } from '../strings';
import { Trail } from './Trail';
import styles from './Urgent.module.css';
import { UrgentMoves } from './UrgentMoves';
import { UrgentState } from './UrgentState';

type UrgentCardProps = { message: Message; me_id: Id; is_member: boolean; can_manage: boolean; tabIndex: 0 | -1 };

/** Under its message: why it cannot wait, how it stands, what one can do, and all that has happened. */
export function UrgentCard({ message, tabIndex }: UrgentCardProps) {
  const t = useText();
  const { data: view, error, refetch } = useUrgent(message.channel_id, message.card?.id ?? '');
  if (view) return <Loaded view={view} tabIndex={tabIndex} />;
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

function Loaded({ view, tabIndex }: { view: UrgentView; tabIndex: 0 | -1 }) {
  const t = useText();
  const { urgent } = view;
  const nameOf = useNames(namedIn(urgent));
  const isLive = isOpen(urgent);
  return (
    <div ref={keepFocus} className={styles.card} data-open={isLive || undefined} role="group" aria-label={t('urgent')}>
      <p className={styles.head}>
        {isLive ? <IconUrgent size={18} stroke={1.6} aria-hidden="true" /> : <IconCheck size={18} stroke={1.6} aria-hidden="true" />}
        <b>{t('urgent_kind', { kind: t(`kind_${urgent.kind}`) })}</b>
        {urgent.reason && <span dir="auto">{urgent.reason}</span>}
      </p>
      <UrgentState urgent={urgent} nameOf={nameOf} />
      <UrgentMoves view={view} tabIndex={tabIndex} />
      <Trail urgent={urgent} nameOf={nameOf} tabIndex={tabIndex} />
    </div>
  );
}
