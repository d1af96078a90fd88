import type { Session } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useEndSessions } from '../changes';
import { useText } from '../strings';

/** `null`: all but this one. */
export function EndSessionDialog({ session, onClose }: { session: Session | null; onClose: () => void }) {
  const t = useText();
  const end = useEndSessions();
  return (
    <ConfirmDialog
      title={session ? t('sign_out_title', { device: session.device || t('unknown_device') }) : t('end_others_title')}
      confirmLabel={t('sign_out')}
      busy={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate(session?.id ?? 'others', { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('sign_out_hint')}
    </ConfirmDialog>
  );
}
