import { useState } from 'react';
import type { TimePolicy } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { weekdayName, weekOrder } from '../model';
import { usePolicy, useSavePolicy } from '../queries';
import { useText } from '../strings';
import { RegionFields } from './RegionFields';
import styles from './TimePage.module.css';
import { WeekEditor } from './WeekEditor';

/** The week of whoever has declared nothing, and the days on which nobody is asked to meet. */
export function PolicyPart() {
  const { data, error, refetch } = usePolicy();
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={4} />;
  return <PolicyForm key={JSON.stringify(data)} policy={data} />;
}

function PolicyForm({ policy }: { policy: TimePolicy }) {
  const t = useText();
  const locale = currentLocale();
  const [wanted, setWanted] = useState(policy);
  const save = useSavePolicy();
  const change = (part: Partial<TimePolicy>) => setWanted({ ...wanted, ...part });
  const keep = () =>
    settle(save.mutateAsync(wanted), {
      onSuccess: () => showToast(t('saved')),
      onError: tellRefusal,
    });
  const days = wanted.no_meeting_days;
  return (
    <Section title={t('policy')} hint={t('policy_hint')}>
      <WeekEditor label={t('policy')} lines={wanted.work} onChange={(work) => change({ work })} />
      <div className={styles.below}>
        <RegionFields region={wanted.holidays} onChange={(holidays) => change({ holidays })} />
      </div>
      <fieldset className={styles.below}>
        <legend>{t('no_meeting_days')}</legend>
        {weekOrder(locale).map((weekday) => (
          <Switch
            key={weekday}
            label={weekdayName(weekday, locale)}
            checked={days.includes(weekday)}
            onChange={(isFree) => change({ no_meeting_days: isFree ? [...days, weekday] : days.filter((day) => day !== weekday) })}
          />
        ))}
      </fieldset>
      <div className={styles.below}>
        <Switch
          label={t('silent_first')}
          hint={t('silent_first_hint')}
          checked={wanted.silent_first}
          onChange={(silent_first) => change({ silent_first })}
        />
      </div>
      <div className={styles.below}>
        <Button tone="primary" busy={save.isPending} disabled={wanted === policy} onClick={keep}>
          {t('save')}
        </Button>
      </div>
    </Section>
  );
}
