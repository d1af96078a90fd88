import { IconUrgent } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Urgent } from '@/api/types';
import { settle } from '@/lib/settle';
import { usePerson } from '@/realtime/people';
import { Link } from '@/router/Link';
import { Button } from '@/ui/Button';
import { keepFocus } from '@/ui/keepFocus';
import { tellRefusal } from '@/ui/tellRefusal';
import { useMove, useMyUrgents } from '../queries';
import { useText } from '../strings';
import { useWhy } from '../why';
import styles from './UrgentBanner.module.css';

/** What calls me stays in sight until I react. Each is said aloud once. */
export function UrgentBanner() {
  const t = useText();
  const { data } = useMyUrgents();
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section ref={keepFocus} className={styles.banners} aria-label={t('calls_you')}>
      {items.map((urgent) => (
        <Banner key={urgent.id} urgent={urgent} />
      ))}
    </section>
  );
}

function Banner({ urgent }: { urgent: Urgent }) {
  const t = useText();
  const name = usePerson(urgent.sender_id)?.name;
  const move = useMove(urgent.channel_id, urgent.id);
  const make = (kind: 'take' | 'not_me') => settle(move.mutateAsync(kind), { onError: tellRefusal });
  const said = useWhy(urgent);
  const why = said ?? t(`kind_${urgent.kind}`);
  return (
    <div className={styles.banner}>
      <IconUrgent size={20} stroke={1.6} aria-hidden="true" />
      <p>
        <b>{t('person_calls', { name: name ?? '' })}</b> <bdi>{why}</bdi> <Link to="/m/$messageId" params={{ messageId: urgent.message_id }}>{t('open')}</Link>
      </p>
      <div className={styles.buttons}>
        <Button size="s" tone="danger" busy={move.isPending} onClick={() => make('take')}>
          {t('move_take')}
        </Button>
        <Button size="s" tone="outline" busy={move.isPending} onClick={() => make('not_me')}>
          {t('move_not_me')}
        </Button>
      </div>
      {name && <SaidOnce text={t('said', { name, why })} />}
    </div>
  );
}

/** Put into the alert after it is there, and never again: readers say what changes in it. */
function SaidOnce({ text }: { text: string }) {
  const [first] = useState(text);
  const [said, setSaid] = useState('');
  useEffect(() => setSaid(first), [first]);
  return (
    <span role="alert" className="visually-hidden">
      {said}
    </span>
  );
}
