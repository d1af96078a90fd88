import { IconBulb } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu. */
export function AdviceItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconBulb size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('advice')}>
      {t('title')}
    </MenuItem>
  );
}
