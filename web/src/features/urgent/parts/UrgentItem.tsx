import { IconUrgent } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu. */
export function UrgentItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconUrgent size={16} stroke={1.6} aria-hidden="true" />} hint={t('call_now_hint')} onSelect={() => onChoose('urgent')}>
      {t('call_now')}
    </MenuItem>
  );
}
