import { problemOf } from '@/api/client';
import type { Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { useText } from '../strings';
import styles from './Schedule.module.css';

type Affected = { person_id: string; why: 'no_meeting_day' | 'focus' };

/** A time that is kept free, whose it is, and the ways out. */
export function RefusedLine({ error, people, onAsk }: { error: unknown; people: readonly Person[]; onAsk: () => void }) {
  const t = useText();
  const affected = affectedOf(error);
  const names = (why: Affected['why']) =>
    new Intl.ListFormat(currentLocale()).format(affected.filter((one) => one.why === why).map((one) => people.find(({ id }) => id === one.person_id)?.name ?? ''));
  return (
    <div ref={show} className={styles.refused} role="alert">
      {names('no_meeting_day') && <p>{t('refused_day', { names: names('no_meeting_day') })}</p>}
      {names('focus') && <p>{t('refused_focus', { names: names('focus') })}</p>}
      <p>{t('refused_ways')}</p>
      <Button size="s" onClick={onAsk}>
        {t('ask_them')}
      </Button>
    </div>
  );
}

/** It stands at the end of a long form. */
function show(line: HTMLElement | null) {
  line?.scrollIntoView({ block: 'nearest' });
}

function affectedOf(error: unknown): Affected[] {
  const { affected } = problemOf(error) as { affected?: unknown };
  if (!Array.isArray(affected)) return [];
  return affected.filter((one: Partial<Affected>): one is Affected => typeof one.person_id === 'string' && (one.why === 'focus' || one.why === 'no_meeting_day'));
}
