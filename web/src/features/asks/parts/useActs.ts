import { problemOf } from '@/api/client';
import type { Ask, AskMove } from '@/api/types';
import { showToast } from '@/ui/toast';
import { useMove } from '../queries';
import { useText } from '../strings';

export type Acts = { isBusy: boolean; error: unknown; make: (move: AskMove, onDone?: () => void) => void };

/** Moves on one ask. What can be taken back is offered for that; what is refused is said. */
export function useActs(ask: Ask): Acts {
  const t = useText();
  const { mutate, isPending, error } = useMove();
  const tell = (reason: unknown) => showToast(problemOf(reason).detail, { tone: 'urgent' });
  const undo = () => mutate({ ask, move: { move: 'undo' } }, { onError: tell });
  const make = (move: AskMove, onDone?: () => void) =>
    mutate(
      { ask, move },
      {
        onSuccess: () => {
          onDone?.();
          showToast(t(`moved_${move.move}`), { action: { label: t('undo'), run: undo } });
        },
        // A dialog says it itself.
        ...(!onDone && { onError: tell }),
      },
    );
  return { isBusy: isPending, error, make };
}
