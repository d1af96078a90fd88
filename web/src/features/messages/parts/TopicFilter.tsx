import type { TopicState } from '@/api/types';
import { useText } from '../strings';
import styles from './TopicList.module.css';

const CHOICES: readonly (TopicState | null)[] = [null, 'open', 'resolved', 'decided'];

export function TopicFilter({ value, onChange }: { value: TopicState | null; onChange: (state: TopicState | null) => void }) {
  const t = useText();
  return (
    <div className={styles.filter} role="group" aria-label={t('topic_filter')}>
      {CHOICES.map((state) => (
        <button key={state ?? 'all'} type="button" aria-pressed={state === value} onClick={() => onChange(state)}>
          {state ? t(`state_${state}`) : t('filter_all')}
        </button>
      ))}
    </div>
  );
}
