import type { Id } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useBlock } from '../queries';
import { useText } from '../strings';

/** Says what blocking somebody means. */
export function BlockDialog({ personId, onClose }: { personId: Id; onClose: () => void }) {
  const t = useText();
  const name = usePerson(personId)?.name ?? t('someone');
  const block = useBlock();
  return (
    <ConfirmDialog
      title={t('block_title', { name })}
      confirmLabel={t('block')}
      busy={block.isPending}
      error={block.error}
      onConfirm={() => block.mutate({ person_id: personId, blocked: true }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('block_hint')}
    </ConfirmDialog>
  );
}
