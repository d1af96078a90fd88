import { IconChartBar } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu. */
export function PollItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconChartBar size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('poll')}>
      {t('new_poll')}
    </MenuItem>
  );
}
