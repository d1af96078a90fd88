import type { Ask, AskMove } from '@/api/types';
import { settle } from '@/lib/settle';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { useMove } from '../queries';
import { useText } from '../strings';

export type Acts = { isBusy: boolean; error: unknown; make: (move: AskMove, onDone?: () => void) => void };

/** Moves on one ask. What can be taken back is offered for that; what is refused is said. */
export function useActs(ask: Ask): Acts {
  const t = useText();
  const { mutateAsync, isPending, error } = useMove();
  const undo = () => settle(mutateAsync({ ask, move: { move: 'undo' } }), { onError: tellRefusal });
  const make = (move: AskMove, onDone?: () => void) =>
    settle(mutateAsync({ ask, move }), {
      onSuccess: () => {
        onDone?.();
        showToast(t(`moved_${move.move}`), { action: { label: t('undo'), run: undo } });
      },
      // A dialog says it itself.
      ...(!onDone && { onError: tellRefusal }),
    });
  return { isBusy: isPending, error, make };
}
