import type { Id, TimePollTime, TimePollView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { sayMinutes } from '../model';
import { useText } from '../strings';
import { thereOf } from '../timePolls';

/** Whom a time asks for something, of those whose hours are known. Who is at work then is not named. */
export function PollHours({ time, view }: { time: TimePollTime; view: TimePollView }) {
  const t = useText();
  const locale = currentLocale();
  const nameOf = (id: Id) => view.people.find((person) => person.id === id)?.name ?? '';
  const said = time.costs.flatMap((cost) => {
    const there = thereOf(cost);
    const values = { name: nameOf(cost.person_id), clock: cost.starts.slice(11), time: sayMinutes(cost.outside_minutes, locale) };
    return there === 'work' ? [] : [{ id: cost.person_id, words: t(`cost_${there}`, values) }];
  });
  if (said.length === 0) return time.costs.length > 0 ? <small>{t('all_at_work')}</small> : null;
  return said.map(({ id, words }) => <small key={id}>{words}</small>);
}
