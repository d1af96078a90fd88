import type { UrgentMoveKind, UrgentView } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button, type ButtonTone } from '@/ui/Button';
import { tellRefusal } from '@/ui/tellRefusal';
import { useMove } from '../queries';
import { useText } from '../strings';
import styles from './Urgent.module.css';

const TONES: Readonly<Record<UrgentMoveKind, ButtonTone>> = { take: 'danger', not_me: 'outline', confirm: 'danger', withdraw: 'plain', was_not_urgent: 'plain' };

/** What I can do with it now. */
export function UrgentMoves({ view, tabIndex }: { view: UrgentView; tabIndex: 0 | -1 }) {
  const t = useText();
  const { urgent, moves, n_doubts, has_doubted } = view;
  const move = useMove(urgent.channel_id, urgent.id);
  const make = (kind: UrgentMoveKind) => settle(move.mutateAsync(kind), { onError: tellRefusal });
  return (
    <>
      {moves.length > 0 && (
        <div className={styles.buttons}>
          {moves.map((kind) => (
            <Button key={kind} size="s" tone={TONES[kind]} tabIndex={tabIndex} busy={move.isPending} onClick={() => make(kind)}>
              {t(`move_${kind}`)}
            </Button>
          ))}
        </div>
      )}
      {has_doubted && <p className={styles.note}>{t('doubted')}</p>}
      {n_doubts > 0 && <p className={styles.note}>{t('doubts', { count: n_doubts })}</p>}
    </>
  );
}
