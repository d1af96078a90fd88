import type { Id, TimePollRow } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { useMe } from '@/realtime/start';
import { Chip } from '@/ui/Chip';
import { ErrorState } from '@/ui/ErrorState';
import { useTimePolls } from '../pollQueries';
import { useText } from '../strings';
import schedule from './Schedule.module.css';
import styles from './TimePolls.module.css';

/** What I ask and am asked: when people can. Nothing while there is none. */
export function TimePolls({ timeZone, onOpen }: { timeZone: string; onOpen: (id: Id) => void }) {
  const t = useText();
  const { data, error, refetch } = useTimePolls();
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null;
  if (data.items.length === 0) return null;
  const isOver = ({ state }: TimePollRow) => state === 'closed' || state === 'chosen';
  const [now, over] = [data.items.filter((poll) => !isOver(poll)), data.items.filter(isOver)];
  const nameOf = (id: Id) => data.people.find((person) => person.id === id)?.name ?? '';
  const rows = (polls: readonly TimePollRow[]) => (
    <ul>
      {polls.map((poll) => (
        <li key={poll.id}>
          <Row poll={poll} maker={nameOf(poll.created_by)} timeZone={timeZone} onOpen={() => onOpen(poll.id)} />
        </li>
      ))}
    </ul>
  );
  return (
    <section className={styles.list} aria-label={t('when_can')}>
      <h2>{t('when_can')}</h2>
      {rows(now)}
      {over.length > 0 && (
        <details className={schedule.words}>
          <summary>{t('poll_over_ones')}</summary>
          {rows(over)}
        </details>
      )}
    </section>
  );
}

function Row({ poll, maker, timeZone, onOpen }: { poll: TimePollRow; maker: string; timeZone: string; onOpen: () => void }) {
  const t = useText();
  const me = useMe();
  const isMine = poll.created_by === me?.id;
  const isToAnswer = poll.state === 'open' && !isMine && !poll.has_answered;
  const state = isToAnswer ? t('poll_to_answer') : poll.state === 'open' ? t('poll_n_answers', { count: poll.n_answers }) : t(`poll_state_${poll.state}`);
  return (
    <button type="button" className={schedule.row} onClick={onOpen}>
      <span className={schedule.when}>
        {t('poll_by', { name: maker })}
        {poll.state === 'open' && ` · ${t('poll_open_until', { time: formatDateTime(poll.ends_at, currentLocale(), timeZone) })}`}
      </span>
      <b dir="auto">{poll.title}</b>
      <Chip tone={isToAnswer || (isMine && poll.state === 'ended') ? 'due' : 'calm'}>{state}</Chip>
    </button>
  );
}
