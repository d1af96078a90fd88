import { IconBell, IconBellRinging, IconMoon } from '@tabler/icons-react';
import { problemOf } from '@/api/client';
import type { Id, UrgentForecast, UrgentForecastStep, UrgentPreview } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatClockIn } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { Skeleton } from '@/ui/Skeleton';
import { isNever, minutesUntil, sayMoment } from '../model';
import { useNames } from '../queries';
import { useText } from '../strings';
import styles from './Urgent.module.css';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** Before anything is sent, in full: who would be told when, what comes after, and what is left of the budget. */
export function Forecast({ preview, error }: { preview: UrgentPreview | undefined; error: unknown }) {
  const t = useText();
  const called = preview?.steps.flatMap(({ people }) => people) ?? [];
  const nameOf = useNames([...called.flatMap(({ person_id, instead_of }) => [person_id, ...(instead_of ? [instead_of] : [])]), ...(preview?.left_out ?? [])]);
  const now = useMinute();
  if (!preview) return error ? <p role="alert" className={styles.note}>{problemOf(error).detail}</p> : <Skeleton rows={2} />;
  const begin = preview.steps[0]?.from ?? now;
  return (
    <div className={styles.forecast} role="group" aria-label={t('forecast')}>
      <ol>
        {preview.steps.map((step, idx) => (
          <StepLine key={idx} step={step} after_min={minutesUntil(step.from, begin)} nameOf={nameOf} now={now} />
        ))}
      </ol>
      {preview.steps.length === 0 && <p>{t('nobody')}</p>}
      {preview.left_out.map((id) => (
        <p key={id}>{t('left_out', { name: nameOf(id) })}</p>
      ))}
      {!preview.needs_second && <p className={styles.note}>{t('budget', { count: preview.budget_left })}</p>}
    </div>
  );
}

type StepLineProps = { step: UrgentForecastStep; after_min: number; nameOf: (id: Id) => string; now: number };

function StepLine({ step, after_min, nameOf, now }: StepLineProps) {
  const t = useText();
  return (
    <li>
      <b>{after_min === 0 ? t('at_once') : t('after', { count: after_min })}</b>
      <ul>
        {step.people.map((person) => (
          <li key={person.person_id}>
            {person.not_before !== null ? <IconMoon {...icon} /> : person.wakes ? <IconBellRinging {...icon} /> : <IconBell {...icon} />}
            <PersonLine person={person} nameOf={nameOf} now={now} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function PersonLine({ person, nameOf, now }: { person: UrgentForecast; nameOf: (id: Id) => string; now: number }) {
  const t = useText();
  const locale = currentLocale();
  const name = nameOf(person.person_id);
  const there = formatClockIn(person.time_zone, now, locale) ?? '';
  const what =
    person.not_before === null
      ? t(person.wakes ? 'would_wake' : 'would_call', { name, time: there })
      : isNever(person.not_before)
        ? t('would_wait', { name })
        : t('would_tell', { name, time: sayMoment(person.not_before, now, locale) });
  return <span>{person.instead_of ? `${what} ${t('instead_of', { name: nameOf(person.instead_of) })}` : what}</span>;
}
