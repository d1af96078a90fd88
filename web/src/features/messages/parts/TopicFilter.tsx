import type { TopicState } from '@/api/types';
import { useText } from '../strings';
import { FilterPills } from './FilterPills';

const CHOICES = ['all', 'open', 'resolved', 'decided'] as const;

export function TopicFilter({ value, onChange }: { value: TopicState | null; onChange: (state: TopicState | null) => void }) {
  const t = useText();
  return (
    <FilterPills
      label={t('topic_filter')}
      value={value ?? 'all'}
      options={CHOICES.map((state) => ({ value: state, label: state === 'all' ? t('filter_all') : t(`state_${state}`) }))}
      onChange={(state) => onChange(state === 'all' ? null : state)}
    />
  );
}
