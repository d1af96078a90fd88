import { IconHandStop } from '@tabler/icons-react';
import type { Id, LivePerson, LiveSession } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { tellRefusal } from '@/ui/tellRefusal';
import { handsOf } from '../model';
import { useChangeLivePerson } from '../queries';
import { useText } from '../strings';
import styles from './Live.module.css';

/** Who wants to speak, in order. Whoever hosts takes hands down. */
export function HandList({ session, isHost }: { session: LiveSession; isHost: boolean }) {
  const t = useText();
  const hands = handsOf(session);
  const lower = useChangeLivePerson(session.channel_id, session.id);
  if (hands.length === 0) return null;
  const done = isHost ? (id: Id) => settle(lower.mutateAsync({ person_id: id, hand_down: true }), { onError: tellRefusal }) : null;
  return (
    <ol className={styles.hands} aria-label={t('hands')}>
      {hands.map((hand) => (
        <Hand key={hand.person_id} hand={hand} onDone={done} />
      ))}
    </ol>
  );
}

function Hand({ hand, onDone }: { hand: LivePerson; onDone: ((id: Id) => void) | null }) {
  const t = useText();
  const name = usePerson(hand.person_id)?.name ?? t('somebody');
  return (
    <li>
      <IconHandStop size={16} stroke={1.6} aria-hidden="true" />
      <span dir="auto">{name}</span>
      {onDone && (
        <Button size="s" tone="plain" aria-label={t('hand_down_of', { name })} onClick={() => onDone(hand.person_id)}>
          {t('hand_down')}
        </Button>
      )}
    </li>
  );
}
