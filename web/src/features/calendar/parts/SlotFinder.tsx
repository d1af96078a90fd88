import type { ReactNode } from 'react';
import type { FindSlots, Id, MeetingCost, MeetingSlot, SlotList } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { formatDayName, sayMinutes, wallOf } from '../model';
import { useSlots } from '../queries';
import { useText, type CalendarText } from '../strings';
import { clockOf } from '../when';
import styles from './Schedule.module.css';

type SlotFinderProps = {
  asked: FindSlots;
  timeZone: string;
  instead: ReactNode;
  onChoose: (slot: MeetingSlot) => void;
  /** Several are taken: these are, on the reader's wall. */
  adds?: ReadonlySet<string>;
  /** Whoever wants to know asks people which suits. */
  onAsk?: (slots: readonly MeetingSlot[]) => void;
};

/** Times that are fair: whom each asks for time outside of their work, and whose turn it was. */
export function SlotFinder({ asked, timeZone, instead, onChoose, adds, onAsk }: SlotFinderProps) {
  const t = useText();
  const { data, error, refetch } = useSlots(asked);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={3} />;
  if (data.slots.length === 0) return (
      <div className={styles.gate}>
        <p>{t('no_slot')}</p>
        {instead}
      </div>
    );
  const isThere = (slot: MeetingSlot) => adds?.has(`${wallOf(slot.starts_at, timeZone).day}T${clockOf(wallOf(slot.starts_at, timeZone).minute)}`);
  return (
    <>
      <ol className={styles.slots} aria-label={t('fair_times')}>
        {data.slots.filter((slot) => !isThere(slot)).map((slot) => (
          <li key={slot.starts_at}>
            <Slot slot={slot} list={data} timeZone={timeZone} isMore={adds !== undefined} onChoose={() => onChoose(slot)} />
          </li>
        ))}
      </ol>
      {onAsk && (
        <div>
          <Button size="s" onClick={() => onAsk(data.slots)}>
            {t('ask_which')}
          </Button>
        </div>
      )}
    </>
  );
}

function Slot({ slot, list, timeZone, isMore, onChoose }: { slot: MeetingSlot; list: SlotList; timeZone: string; isMore: boolean; onChoose: () => void }) {
  const t = useText();
  const locale = currentLocale();
  const nameOf = (id: Id) => list.people.find((person) => person.id === id)?.name ?? '';
  const when = `${formatDayName(wallOf(slot.starts_at, timeZone).day, locale, 'long')}, ${formatTime(slot.starts_at, locale, timeZone)}–${formatTime(slot.ends_at, locale, timeZone)}`;
  return (
    <div className={styles.slot}>
      <div>
        <b>{when}</b>
        {slot.asked.length === 0 && <p>{t('all_at_work')}</p>}
        {slot.asked.map((cost) => (
          <p key={cost.person_id}>{sayAsked(cost, list, nameOf, locale, t)}</p>
        ))}
        {slot.missing.length > 0 && <p>{t('cannot_come', { names: new Intl.ListFormat(locale).format(slot.missing.map(nameOf)) })}</p>}
      </div>
      <Button size="s" tone="outline" onClick={onChoose} aria-label={t(isMore ? 'poll_add_slot' : 'take_time', { time: when })}>
        {t(isMore ? 'poll_add' : 'take')}
      </Button>
    </div>
  );
}

/** "Ana: 18:30 there, 30 min outside working hours; it was Bo's turn last time." */
function sayAsked(cost: MeetingCost, list: SlotList, nameOf: (id: Id) => string, locale: string, t: CalendarText): string {
  const said = t(cost.is_night ? 'cost_night' : 'cost_outside', { name: nameOf(cost.person_id), clock: cost.starts.slice(11), time: sayMinutes(cost.outside_minutes, locale) });
  const n = list.times_outside.find(({ person_id }) => person_id === cost.person_id)?.n ?? 0;
  const before = n > 0 ? t('asked_before', { count: n }) : '';
  const last = list.last_outside && list.last_outside !== cost.person_id ? t('turn_last', { name: nameOf(list.last_outside) }) : '';
  return [said, before, last].filter(Boolean).join(' ');
}
