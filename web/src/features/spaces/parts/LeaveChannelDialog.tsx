import type { ChannelRow } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useLeaveChannel } from '../changes';
import { useText } from '../strings';

export function LeaveChannelDialog({ row, onClose }: { row: ChannelRow; onClose: () => void }) {
  const t = useText();
  const leave = useLeaveChannel();
  return (
    <ConfirmDialog
      title={t('leave_title', { name: row.name })}
      confirmLabel={t('leave')}
      busy={leave.isPending}
      error={leave.error}
      onConfirm={() => leave.mutate(row.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {row.kind === 'private' ? t('leave_private') : t('leave_public')}
    </ConfirmDialog>
  );
}
