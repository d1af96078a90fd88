import type { Id } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useRemoveHook } from '../changes';
import { useText } from '../strings';

type RemoveHookDialogProps = { way: 'incoming' | 'outgoing'; channelId: Id; id: Id; name: string; onClose: () => void };

export function RemoveHookDialog({ way, channelId, id, name, onClose }: RemoveHookDialogProps) {
  const t = useText();
  const remove = useRemoveHook(channelId, way);
  return (
    <ConfirmDialog
      title={t('remove_title', { name })}
      confirmLabel={t('remove')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t(`remove_${way}_hint`)}
    </ConfirmDialog>
  );
}
