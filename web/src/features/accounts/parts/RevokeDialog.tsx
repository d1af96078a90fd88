import type { Id } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useRevokeInvitation } from '../changes';
import { useText } from '../strings';

export function RevokeDialog({ id, onClose }: { id: Id; onClose: () => void }) {
  const t = useText();
  const revoke = useRevokeInvitation();
  return (
    <ConfirmDialog
      title={t('revoke_title')}
      confirmLabel={t('revoke')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('revoke_hint')}
    </ConfirmDialog>
  );
}
