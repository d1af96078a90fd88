import type { Report } from '@/api/types';
import { ReasonDialog } from '@/ui/ReasonDialog';
import { MAX_REASON_CHARACTERS } from '../model';
import { useHandleReport } from '../queries';
import { useText } from '../strings';

/** Takes a reported message away. Who reported it is told to nobody. */
export function RemoveReportedDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const t = useText();
  const handle = useHandleReport();
  return (
    <ReasonDialog
      title={t('remove_title')}
      hint={t('remove_hint')}
      label={t('remove_reason')}
      labelHint={t('remove_reason_hint')}
      maxLength={MAX_REASON_CHARACTERS}
      confirmLabel={t('remove_message')}
      busy={handle.isPending}
      error={handle.error}
      onConfirm={(reason) => handle.mutate({ id: report.id, what: 'remove', reason }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
