import { useState } from 'react';
import type { HoursView, Id, OwnHours, Person } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { formatTime } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Section } from '@/ui/Section';
import { tellRefusal } from '@/ui/tellRefusal';
import { useBeginFocus, useEndFocus } from '../queries';
import { useText } from '../strings';
import { useKnownPeople } from './useKnownPeople';
import type { PickPeople } from './pickPeople';
import styles from './TimePage.module.css';
import { WeekEditor } from './WeekEditor';

const LENGTHS_MIN = [30, 60, 90, 120] as const;
const MAX_ALLOWED = 50;

type FocusPartProps = { view: HoursView; hours: OwnHours; onChange: (part: Partial<OwnHours>) => void; PickPeople: PickPeople };

/** Time to think: now, or each week; and who gets through. */
export function FocusPart({ view, hours, onChange, PickPeople }: FocusPartProps) {
  const t = useText();
  const [isPicking, setPicking] = useState(false);
  const allowed = useKnownPeople(hours.focus_allowed);
  return (
    <Section title={t('focus')} hint={t('focus_hint')}>
      <FocusNow view={view} />
      <div className={styles.below}>
        <WeekEditor label={t('focus_weekly')} tone="focus" lines={hours.focus} onChange={(focus) => onChange({ focus })} />
      </div>
      <div className={`${styles.row} ${styles.below}`}>
        <span>{allowed.length > 0 ? t('gets_through', { count: allowed.length, names: new Intl.ListFormat(currentLocale()).format(allowed.map(({ name }) => name)) }) : t('nobody_through')}</span>
        <Button size="s" tone="outline" onClick={() => setPicking(true)}>
          {t('choose')}
        </Button>
      </div>
      {isPicking && (
        <AllowedDialog
          allowed={allowed}
          PickPeople={PickPeople}
          onClose={() => setPicking(false)}
          onChosen={(focus_allowed) => {
            onChange({ focus_allowed });
            setPicking(false);
          }}
        />
      )}
    </Section>
  );
}

/** At once, without saving anything else. */
function FocusNow({ view }: { view: HoursView }) {
  const t = useText();
  const begin = useBeginFocus();
  const end = useEndFocus();
  const say = { onError: tellRefusal };
  const now = useMinute();
  const { focus_now } = view;
  if (focus_now && focus_now.until > now)
    return (
      <p className={styles.row}>
        <b>{t('focus_until', { time: formatTime(focus_now.until, currentLocale()) })}</b>
        <Button size="s" busy={end.isPending} onClick={() => settle(end.mutateAsync(), say)}>
          {t('focus_end')}
        </Button>
      </p>
    );
  return (
    <div className={styles.row} role="group" aria-label={t('focus_begin')}>
      <span>{t('focus_begin')}</span>
      {LENGTHS_MIN.map((minutes) => (
        <Button key={minutes} size="s" busy={begin.isPending} onClick={() => settle(begin.mutateAsync(minutes), say)}>
          {t('n_minutes', { count: minutes })}
        </Button>
      ))}
    </div>
  );
}

type AllowedDialogProps = { allowed: Person[]; PickPeople: PickPeople; onClose: () => void; onChosen: (ids: Id[]) => void };

function AllowedDialog({ allowed, PickPeople, onClose, onChosen }: AllowedDialogProps) {
  const t = useText();
  const [chosen, setChosen] = useState(allowed);
  return (
    <Dialog
      title={t('through_title')}
      hint={t('through_hint')}
      onClose={onClose}
      actions={
        <>
          <Button tone="plain" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button tone="primary" onClick={() => onChosen(chosen.map(({ id }) => id))}>
            {t('take')}
          </Button>
        </>
      }
    >
      <PickPeople chosen={chosen} onChange={setChosen} without={new Set()} max={MAX_ALLOWED} />
    </Dialog>
  );
}
