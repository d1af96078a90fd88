import type { Id, Urgent } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { tellRefusal } from '@/ui/tellRefusal';
import { useMove, useMyUrgents } from '../queries';
import { useText } from '../strings';

/** At the end of a row: what I can say to what calls me. Nothing, when it does so no more. */
export function UrgentRowMoves({ message_id }: { message_id: Id }) {
  const urgent = useMyUrgents().data?.items.find((candidate) => candidate.message_id === message_id);
  return urgent ? <Moves urgent={urgent} /> : null;
}

function Moves({ urgent }: { urgent: Urgent }) {
  const t = useText();
  const move = useMove(urgent.channel_id, urgent.id);
  const make = (kind: 'take' | 'not_me') => settle(move.mutateAsync(kind), { onError: tellRefusal });
  return (
    <>
      <Button size="s" tone="danger" busy={move.isPending} onClick={() => make('take')}>
        {t('move_take')}
      </Button>
      <Button size="s" tone="outline" busy={move.isPending} onClick={() => make('not_me')}>
        {t('move_not_me')}
      </Button>
    </>
  );
}
