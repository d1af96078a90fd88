import { IconMessageQuestion } from '@tabler/icons-react';
import type { NewAsk } from '@/api/types';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu: the message wants an answer. */
export function AskMenuItem({ ask, onAsk }: { ask: NewAsk | null; onAsk: (ask: NewAsk | null) => void }) {
  const t = useText();
  return (
    <MenuItem
      icon={<IconMessageQuestion size={16} stroke={1.6} aria-hidden="true" />}
      checked={ask !== null}
      onSelect={() => onAsk(ask ? null : { kind: 'question', people: [] })}
    >
      {t('needs_reply')}
    </MenuItem>
  );
}
