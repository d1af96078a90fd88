import type { ApiToken } from '@/api/types';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useRevokeToken } from '../changes';
import { useText } from '../strings';

export function RevokeTokenDialog({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const t = useText();
  const revoke = useRevokeToken();
  return (
    <ConfirmDialog
      title={t('revoke_token_title', { name: token.name })}
      confirmLabel={t('revoke_token')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(token.id, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('revoke_token_hint')}
    </ConfirmDialog>
  );
}
