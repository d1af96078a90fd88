import type { Person } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useDeactivate } from '../changes';
import { useText } from '../strings';

export function DeactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useText();
  const deactivate = useDeactivate();
  return (
    <ConfirmDialog
      title={t('deactivate_title', { name: person.name })}
      confirmLabel={t('deactivate')}
      busy={deactivate.isPending}
      error={deactivate.error}
      onConfirm={() => deactivate.mutate({ id: person.id, deactivated: true }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('deactivate_hint')}
    </ConfirmDialog>
  );
}
