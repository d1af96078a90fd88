import type { Message } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useDelete } from '../queries';
import { useText } from '../strings';

export function DeleteDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const remove = useDelete();
  return (
    <ConfirmDialog
      title={t('delete_title')}
      confirmLabel={t('delete')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(message, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('delete_hint')}
    </ConfirmDialog>
  );
}
