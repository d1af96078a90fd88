import { IconMessageQuestion, IconRepeat } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu: what comes back by itself. */
export function RoutineItems({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <>
      <MenuItem icon={<IconRepeat size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('repeat')}>
        {t('repeat')}
      </MenuItem>
      <MenuItem icon={<IconMessageQuestion size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('check_in')}>
        {t('check_in')}
      </MenuItem>
    </>
  );
}
