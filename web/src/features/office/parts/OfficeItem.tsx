import { IconUsersGroup } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu. */
export function OfficeItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconUsersGroup size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('office')}>
      {t('open_office')}
    </MenuItem>
  );
}
