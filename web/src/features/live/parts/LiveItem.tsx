import { IconVideo } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu. */
export function LiveItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconVideo size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('live')}>
      {t('go_live')}
    </MenuItem>
  );
}
