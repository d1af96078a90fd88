import { IconMessageQuestion } from '@tabler/icons-react';
import type { Message } from '@/api/types';
import { MenuItem } from '@/ui/MenuItem';
import { useAskOf } from '../queries';
import { useText } from '../strings';

/** In the menu of a message of mine that asks nothing yet. */
export function AskWithItem({ message, me_id, onChoose }: { message: Message; me_id: string; onChoose: (kind: string) => void }) {
  const t = useText();
  const ask = useAskOf(message);
  if (message.author_id !== me_id || ask) return null;
  return (
    <MenuItem icon={<IconMessageQuestion size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('ask')}>
      {t('ask_with')}
    </MenuItem>
  );
}
