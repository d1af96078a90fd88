import type { Id, Urgent } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { callingIn, isNever, sayMoment } from '../model';
import { useText } from '../strings';
import styles from './Urgent.module.css';

/** "Calling Bob since 03:02. Next: Cy at 03:12." */
export function UrgentState({ urgent, nameOf }: { urgent: Urgent; nameOf: (id: Id) => string }) {
  const t = useText();
  const now = useMinute();
  const locale = currentLocale();
  const time = (at: number) => sayMoment(at, now, locale);
  const by = urgent.ended_by === null ? '' : nameOf(urgent.ended_by);
  const { called, held, next } = callingIn(urgent);
  const list = (ids: readonly Id[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(ids.map(nameOf));
  const lines: string[] = [];
  if (urgent.state === 'calling') {
    lines.push(...called.map(({ id, since, n }) => t(n > 1 ? 'calling_again' : 'calling', { name: nameOf(id), time: time(since), count: n })));
    if (next) lines.push(t('next', { names: list(next.ids), time: time(next.at) }));
  } else if (urgent.state === 'unconfirmed') {
    lines.push(t('state_unconfirmed', { name: nameOf(urgent.sender_id) }));
  } else {
    lines.push(t(`state_${urgent.state}`, { name: by, time: urgent.ended_at === null ? '' : time(urgent.ended_at) }));
  }
  if (urgent.state === 'calling' || urgent.state === 'nobody') {
    lines.push(...held.map(({ id, at }) => (isNever(at) ? t('held_forever', { name: nameOf(id) }) : t('held', { name: nameOf(id), time: time(at) }))));
  }
  return (
    <div className={styles.state}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
