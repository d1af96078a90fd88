import { IconX } from '@tabler/icons-react';
import { IconButton } from '@/ui/IconButton';
import { PaneHeader } from '@/ui/PaneHeader';
import { useText } from '../strings';

export function PanelHead({ title, onClose }: { title: string; onClose: () => void }) {
  const t = useText();
  return (
    <PaneHeader
      level={2}
      title={title}
      back={null}
      actions={
        <IconButton label={t('close')} onClick={onClose}>
          <IconX size={20} stroke={1.6} aria-hidden="true" />
        </IconButton>
      }
    />
  );
}
