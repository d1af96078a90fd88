import { useState } from 'react';
import type { NumbersTeam, TeamNumbers } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMe } from '@/realtime/start';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Select } from '@/ui/Select';
import { Skeleton } from '@/ui/Skeleton';
import { linesOfTeam, sayMinutes, sayWeek } from '../model';
import { useTeamNumbers } from '../queries';
import { useText } from '../strings';
import { Lines } from './Lines';
import styles from './Numbers.module.css';
import { RaisePart } from './RaisePart';
import { WeeksTable } from './WeeksTable';

/** Guests are in no team. */
export function TeamWeeksPart() {
  const t = useText();
  const me = useMe();
  const { data, error, refetch } = useTeamNumbers();
  if (!me || me.role === 'guest') return null;
  return (
    <>
      <Section title={t('team')} hint={data && t('team_hint', { k: data.k })}>
        {!data && !error && <Skeleton rows={6} />}
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {data && (data.teams.length > 0 ? <Teams numbers={data} /> : <EmptyState text={t('no_team_yet')} />)}
      </Section>
      {data?.can_raise && <RaisePart key={data.k} k={data.k} />}
    </>
  );
}

function Teams({ numbers }: { numbers: TeamNumbers }) {
  const t = useText();
  const [chosen, setChosen] = useState(numbers.teams[0]?.id ?? '');
  const team = numbers.teams.find(({ id }) => id === chosen) ?? numbers.teams[0];
  const nameOf = ({ kind, name }: NumbersTeam) => {
    if (kind === 'workspace') return t('workspace');
    return kind === 'group' ? `@${name}` : name;
  };
  return (
    <>
      {numbers.teams.length > 1 && (
        <div className={styles.field}>
          <Select label={t('of_team')} value={team?.id ?? ''} options={numbers.teams.map((each) => ({ value: each.id, label: nameOf(each) }))} onChange={setChosen} />
        </div>
      )}
      {team && <Weeks key={team.id} team={team} k={numbers.k} />}
    </>
  );
}

function Weeks({ team, k }: { team: NumbersTeam; k: number }) {
  const t = useText();
  const locale = currentLocale();
  const [chosen, setChosen] = useState(team.weeks[0]?.week ?? '');
  const week = team.weeks.find((candidate) => candidate.week === chosen) ?? team.weeks[0];
  const shown = team.weeks.flatMap(({ week: monday, figures }) => (figures ? [{ monday, minutes: figures.live_minutes_per_person }] : []));
  return (
    <>
      <div className={styles.field}>
        <Select label={t('week')} value={week?.week ?? ''} options={team.weeks.map(({ week: value }) => ({ value, label: sayWeek(value, locale) }))} onChange={setChosen} />
      </div>
      {week?.figures && <Lines lines={linesOfTeam(week.figures, locale, t)} />}
      {week && !week.figures && (
        <>
          <p className={styles.note}>{t('not_shown', { k })}</p>
          <p className={styles.note}>{t('not_shown_hint')}</p>
        </>
      )}
      {shown.length > 1 && (
        <WeeksTable
          caption={t('weeks_table')}
          heads={[t('per_person')]}
          weeks={shown.map(({ monday, minutes }) => ({ week: sayWeek(monday, locale), said: sayMinutes(minutes, locale), minutes }))}
        />
      )}
    </>
  );
}
