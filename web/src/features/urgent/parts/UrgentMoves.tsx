import { problemOf } from '@/api/client';
import type { UrgentMoveKind, UrgentView } from '@/api/types';
import { Button, type ButtonTone } from '@/ui/Button';
import { showToast } from '@/ui/toast';
import { useMove } from '../queries';
import { useText } from '../strings';
import styles from './Urgent.module.css';

const TONES: Readonly<Record<UrgentMoveKind, ButtonTone>> = { take: 'danger', not_me: 'outline', confirm: 'danger', withdraw: 'plain', was_not_urgent: 'plain' };

/** What I can do with it now. */
export function UrgentMoves({ view, tabIndex }: { view: UrgentView; tabIndex: 0 | -1 }) {
  const t = useText();
  const { urgent, moves, n_doubts, has_doubted } = view;
  const move = useMove(urgent.channel_id, urgent.id);
  const make = (kind: UrgentMoveKind) => move.mutate(kind, { onError: (reason) => showToast(problemOf(reason).detail, { tone: 'urgent' }) });
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
