import type { Id, MeetingCost, MeetingPreview } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDayName, sayMinutes } from '../model';
import { useText } from '../strings';
import styles from './Schedule.module.css';

type CostKey = 'cost_away' | 'cost_night' | 'cost_busy' | 'cost_outside' | 'cost_focus' | 'cost_no_meeting_day';

/** Whom the meeting costs what: facts, nobody is blamed. */
export function CostLines({ preview }: { preview: MeetingPreview }) {
  const t = useText();
  const locale = currentLocale();
  const nameOf = (id: Id) => preview.people.find((person) => person.id === id)?.name ?? '';
  const lines = preview.costs.flatMap((cost) => {
    const said = sayCost(cost);
    return said ? [{ id: cost.person_id, key: said, clock: cost.starts.slice(11), minutes: cost.outside_minutes }] : [];
  });
  if (lines.length + preview.shifts.length === 0) return null;
  return (
    <div className={styles.costs} aria-live="polite">
      {lines.length > 0 && (
        <ul>
          {lines.map(({ id, key, clock, minutes }) => (
            <li key={id}>{t(key, { name: nameOf(id), clock, time: sayMinutes(minutes, locale) })}</li>
          ))}
        </ul>
      )}
      {preview.shifts.length > 0 && (
        <ul>
          {preview.shifts.map(({ person_id, starts }) => (
            <li key={person_id + starts}>
              {t('shift', { name: nameOf(person_id), day: formatDayName(starts.slice(0, 10), locale, 'long'), clock: starts.slice(11) })}
            </li>
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
