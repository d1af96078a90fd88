import { IconAlarm } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the menu of a message. */
export function RemindItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconAlarm size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('remind')}>
      {t('remind_me')}
    </MenuItem>
  );
}
