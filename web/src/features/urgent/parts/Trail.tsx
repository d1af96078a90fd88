import type { Id, Urgent } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { sayMoment, trailOf, type Happening } from '../model';
import { useText } from '../strings';
import styles from './Urgent.module.css';

type TrailProps = { urgent: Urgent; nameOf: (id: Id) => string; tabIndex: 0 | -1 };

/** Who was called when, and who has reacted: all of it, for everybody in the channel. */
export function Trail({ urgent, nameOf, tabIndex }: TrailProps) {
  const t = useText();
  const now = useMinute();
  const locale = currentLocale();
  const time = (at: number) => sayMoment(at, now, locale);
  return (
    <details className={styles.trail}>
      <summary tabIndex={tabIndex}>{t('trail')}</summary>
      <ol>
        {trailOf(urgent).map((happening, idx) => (
          <li key={idx}>
            <time dateTime={new Date(happening.at / 1000).toISOString()}>{time(happening.at)}</time> {wordsOf(happening)}
          </li>
        ))}
      </ol>
    </details>
  );

  function wordsOf(happening: Happening): string {
    const name = happening.person_id === null ? '' : nameOf(happening.person_id);
    if (happening.kind === 'ended') return t(`trail_${urgent.state}`, { name });
    if (happening.kind !== 'called') return t(`trail_${happening.kind}`, { name });
    const { times, instead_of } = happening;
    const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(times.map(time));
    const called = t('trail_called', { name, count: times.length, times: list });
    return instead_of === null ? called : `${called} ${t('instead_of', { name: nameOf(instead_of) })}`;
  }
}
