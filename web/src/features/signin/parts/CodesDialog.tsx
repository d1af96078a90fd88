import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { useText } from '../strings';
import { RecoveryCodeList } from './RecoveryCodeList';

/** New recovery codes, shown once. */
export function CodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const t = useText();
  return (
    <Dialog
      title={t('recovery_codes')}
      hint={t('recovery_hint')}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={onClose}>
          {t('kept')}
        </Button>
      }
    >
      <RecoveryCodeList codes={codes} />
    </Dialog>
  );
}
