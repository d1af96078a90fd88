import { IconHeartHandshake } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu, and in that of a message. */
export function ThanksItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconHeartHandshake size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('thanks')}>
      {t('say_thanks')}
    </MenuItem>
  );
}
