import type { Message } from '@/api/types';
import { ReasonDialog } from '@/ui/ReasonDialog';
import { MAX_REASON_CHARACTERS } from '../length';
import { useText } from '../organising/strings';
import { useRemove } from '../queries';

/** Takes away what somebody else wrote. The reason is read by its author and by everybody in the channel. */
export function RemoveDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const t = useText();
  const remove = useRemove();
  return (
    <ReasonDialog
      title={t('remove_title')}
      hint={t('remove_hint')}
      label={t('remove_reason')}
      labelHint={t('remove_reason_hint')}
      maxLength={MAX_REASON_CHARACTERS}
      confirmLabel={t('remove_do')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={(reason) => remove.mutate({ message, reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
