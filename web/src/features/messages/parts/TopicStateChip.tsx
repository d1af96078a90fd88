import { IconCircle, IconCircleCheck, IconGavel } from '@tabler/icons-react';
import type { TopicState } from '@/api/types';
import { Chip } from '@/ui/Chip';
import { useText } from '../strings';

const ICONS = { open: IconCircle, resolved: IconCircleCheck, decided: IconGavel };

export function TopicStateChip({ state }: { state: TopicState }) {
  const t = useText();
  const Icon = ICONS[state];
  return (
    <Chip tone={state === 'open' ? 'calm' : 'accent'} icon={<Icon size={14} stroke={1.8} aria-hidden="true" />}>
      {t(`state_${state}`)}
    </Chip>
  );
}
