import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { useText } from '../strings';

type MadeDialogProps = { title: string; label: string; value: string; hint: string; onClose: () => void };

/** Something secret, shown once. */
export function MadeDialog({ title, label, value, hint, onClose }: MadeDialogProps) {
  const t = useText();
  return (
    <Dialog
      key="made"
      title={title}
      hint={t('shown_once')}
      onClose={onClose}
      actions={
        <Button tone="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <CopyField label={label} value={value} hint={hint} />
    </Dialog>
  );
}
