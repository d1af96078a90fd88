import { useState } from 'react';
import type { HoursView, OwnHours, WeekLine } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { Choice } from '@/ui/Choice';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { useHours, useSaveHours } from '../queries';
import { useText } from '../strings';
import { DaysOffPart } from './DaysOffPart';
import { FocusPart } from './FocusPart';
import { HolidaysPart } from './HolidaysPart';
import type { PickPeople } from './pickPeople';
import { PreviewLine } from './PreviewLine';
import styles from './TimePage.module.css';
import { WeekEditor } from './WeekEditor';

/** When I work, when nothing interrupts me, and how I am told: the whole of it is saved at once. */
export function TimePage({ PickPeople }: { PickPeople: PickPeople }) {
  const { data, error, refetch } = useHours();
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={8} />;
  return <HoursForm view={data} PickPeople={PickPeople} />;
}

function HoursForm({ view, PickPeople }: { view: HoursView; PickPeople: PickPeople }) {
  const t = useText();
  const [base, setBase] = useState(view);
  const [hours, setHours] = useState(view.hours);
  const save = useSaveHours();
  const isChanged = hours !== base.hours;
  const isNewer = view.revision !== base.revision;
  const adopt = () => {
    setBase(view);
    setHours(view.hours);
  };
  // What is being written is never taken away; where nothing is, what another device saved is shown at once.
  if (isNewer && !isChanged) adopt();
  const change = (part: Partial<OwnHours>) => setHours({ ...hours, ...part });
  const keep = () =>
    settle(save.mutateAsync({ hours, revision: base.revision }), {
      onSuccess: (kept) => {
        setBase(kept);
        setHours(kept.hours);
        showToast(t('saved'));
      },
      onError: tellRefusal,
    });
  return (
    <>
      <Section title={t('work')} hint={t('work_hint', { zone: view.time_zone.replaceAll('_', ' ') })}>
        <WeekEditor label={t('work')} lines={hours.work} onChange={(work) => change({ work })} />
      </Section>
      <QuietPart hours={hours} onChange={change} />
      <FocusPart view={view} hours={hours} onChange={change} PickPeople={PickPeople} />
      <DaysOffPart hours={hours} onChange={change} PickPeople={PickPeople} />
      <HolidaysPart hours={hours} onChange={change} />
      <Section title={t('told')} hint={t('told_hint')}>
        <Choice
          legend={t('how_often')}
          value={hours.profile}
          options={(['live', 'hourly', 'three_times', 'morning'] as const).map((value) => ({ value, label: t(`profile_${value}`), hint: t(`profile_${value}_hint`) }))}
          onChange={(profile) => change({ profile })}
        />
      </Section>
      <div className={styles.foot}>
        <PreviewLine hours={hours} zone={view.time_zone} />
        {isNewer && isChanged && <p role="status">{t('changed_elsewhere')}</p>}
        <div className={styles.buttons}>
          <Button tone="plain" disabled={!isChanged} onClick={adopt}>
            {t('discard')}
          </Button>
          <Button tone="primary" busy={save.isPending} disabled={!isChanged} onClick={keep}>
            {t('save')}
          </Button>
        </div>
      </div>
    </>
  );
}

function QuietPart({ hours, onChange }: { hours: OwnHours; onChange: (part: Partial<OwnHours>) => void }) {
  const t = useText();
  const own: WeekLine[] | null = hours.quiet;
  return (
    <Section title={t('quiet')} hint={t('quiet_hint')}>
      <Choice
        legend={t('quiet_when')}
        row
        value={own ? 'own' : 'outside'}
        options={[
          { value: 'outside', label: t('quiet_outside'), hint: t('quiet_outside_hint') },
          { value: 'own', label: t('quiet_own'), hint: t('quiet_own_hint') },
        ]}
        onChange={(value) => onChange({ quiet: value === 'own' ? usualNights() : null })}
      />
      {own && (
        <div className={styles.below}>
          <WeekEditor label={t('quiet')} tone="quiet" lines={own} onChange={(quiet) => onChange({ quiet })} />
        </div>
      )}
      <div className={styles.below}>
        <Switch label={t('urgent_rings')} hint={t('urgent_rings_hint')} checked={hours.urgent_rings} onChange={(urgent_rings) => onChange({ urgent_rings })} />
      </div>
    </Section>
  );
}

/** Where a quiet of one's own begins: every night. */
function usualNights(): WeekLine[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from_min: 20 * 60, to_min: 7 * 60 }));
}
