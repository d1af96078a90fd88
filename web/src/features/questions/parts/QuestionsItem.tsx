import { IconMessageQuestion } from '@tabler/icons-react';
import { MenuItem } from '@/ui/MenuItem';
import { useText } from '../strings';

/** In the composer's menu. */
export function QuestionsItem({ onChoose }: { onChoose: (kind: string) => void }) {
  const t = useText();
  return (
    <MenuItem icon={<IconMessageQuestion size={16} stroke={1.6} aria-hidden="true" />} onSelect={() => onChoose('questions')}>
      {t('collect')}
    </MenuItem>
  );
}
