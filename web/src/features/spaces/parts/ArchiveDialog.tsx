import type { ChannelRow } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useChangeChannel } from '../changes';
import { useText } from '../strings';

export function ArchiveDialog({ row, onClose }: { row: ChannelRow; onClose: () => void }) {
  const t = useText();
  const change = useChangeChannel(row.id);
  return (
    <ConfirmDialog
      title={t('archive_title', { name: row.name })}
      confirmLabel={t('archive')}
      tone="primary"
      busy={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate({ archived: true }, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('archive_hint')}
    </ConfirmDialog>
  );
}
