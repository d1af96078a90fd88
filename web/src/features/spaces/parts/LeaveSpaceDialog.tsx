import { settle } from '@/lib/settle';
import { navigate } from '@/router/location';
import type { Space } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useLeaveSpace } from '../changes';
import { useText } from '../strings';

export function LeaveSpaceDialog({ space, onClose }: { space: Space; onClose: () => void }) {
  const t = useText();
  const leave = useLeaveSpace();
  function confirm() {
    settle(leave.mutateAsync(space.id), {
      onSuccess: () => {
        onClose();
        navigate({ to: '/' });
      },
    });
  }
  return (
    <ConfirmDialog
      title={t('leave_title', { name: space.name })}
      confirmLabel={t('leave_space')}
      busy={leave.isPending}
      error={leave.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {space.open ? t('leave_open_space') : t('leave_closed_space')}
    </ConfirmDialog>
  );
}
