import { IconFlag } from '@tabler/icons-react';
import type { Id, Message } from '@/api/types';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

type MessageItemsProps = { message: Message; me_id: Id; onChoose: (kind: string) => void };

/** In the menu of a message. */
export function MessageItems({ message, me_id, onChoose }: MessageItemsProps) {
  const t = useText();
  if (message.author_id === me_id) return null;
  return (
    <MenuItem icon={<IconFlag size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('report')}>
      {t('report')}
    </MenuItem>
  );
}
