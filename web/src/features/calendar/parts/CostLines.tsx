import type { Id, MeetingCost, MeetingPreview } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sayMinutes } from '../model';
import { useText } from '../strings';
import styles from './Schedule.module.css';

type CostKey = 'cost_away' | 'cost_night' | 'cost_busy' | 'cost_outside' | 'cost_focus' | 'cost_no_meeting_day';

/** What the meeting costs, and whom: facts, nobody is blamed. */
export function CostLines({ preview }: { preview: MeetingPreview }) {
  const t = useText();
  const locale = currentLocale();
  const nameOf = (id: Id) => preview.people.find((person) => person.id === id)?.name ?? '';
  const lines = preview.costs.flatMap((cost) => {
    const said = sayCost(cost);
    return said ? [{ id: cost.person_id, key: said, clock: cost.starts.slice(11), minutes: cost.outside_minutes }] : [];
  });
  return (
    <div className={styles.costs} aria-live="polite">
      <p>
        <b>{t('price', { time: sayMinutes(preview.person_minutes, locale) })}</b>
        {preview.yearly_minutes !== null && <> {t('price_year', { time: sayMinutes(preview.yearly_minutes, locale) })}</>}
      </p>
      {lines.length > 0 && (
        <ul>
          {lines.map(({ id, key, clock, minutes }) => (
            <li key={id}>{t(key, { name: nameOf(id), clock, time: sayMinutes(minutes, locale) })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The one thing that matters most about it. */
function sayCost({ is_away, is_night, is_busy, outside_minutes, refusal }: MeetingCost): CostKey | null {
  if (is_away) return 'cost_away';
  if (is_night) return 'cost_night';
  if (refusal) return `cost_${refusal}`;
  if (is_busy) return 'cost_busy';
  return outside_minutes > 0 ? 'cost_outside' : null;
}
