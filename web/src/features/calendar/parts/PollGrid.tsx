import { IconCheck, IconTilde, IconX } from '@tabler/icons-react';
import type { TimeChoice, TimePollTime, TimePollView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Button } from '@/ui/Button';
import { Chip } from '@/ui/Chip';
import { IconButton } from '@/ui/IconButton';
import { useRemovePollAnswer } from '../pollQueries';
import { useText } from '../strings';
import { inOrder, sayTime } from '../timePolls';
import { PollHours } from './PollHours';
import styles from './TimePolls.module.css';

const icons = { yes: IconCheck, maybe: IconTilde, no: IconX } as const;

type PollGridProps = { view: TimePollView; timeZone: string; onChoose: ((time: TimePollTime) => void) | null };

/** People by times, the fairest time first; a click chooses one. */
export function PollGrid({ view, timeZone, onChoose }: PollGridProps) {
  const t = useText();
  const remove = useRemovePollAnswer(view.poll.id);
  const words = { yes: t('poll_can'), maybe: t('poll_can_maybe'), no: t('poll_cannot') };
  if (view.n_answers === 0 && !onChoose) return <p>{t('poll_nobody')}</p>;
  return (
    <div className={styles.scroller} role="region" aria-label={t('poll_answers')} tabIndex={0}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col">{t('poll_time')}</th>
            {view.answers.map((answer) => (
              <th key={answer.id} scope="col">
                <bdi>{answer.name}</bdi>
                {answer.person_id === null && <small>{t('outside_chip')}</small>}
                {onChoose && (
                  <IconButton label={t('poll_remove_answer', { name: answer.name })} onClick={() => remove.mutate(answer.id)}>
                    <IconX size={14} stroke={1.6} aria-hidden />
                  </IconButton>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder(view.times, onChoose !== null).map(({ time, idx }) => (
            <tr key={time.starts_at}>
              <th scope="row">
                <b>{sayTime(time, timeZone, currentLocale())}</b>
                {time.rank === 1 && view.n_answers > 0 && <Chip tone="accent">{t('poll_fairest')}</Chip>}
                <small>{t('poll_counts', { yes: time.n_yes, maybe: time.n_maybe, no: time.n_no })}</small>
                {onChoose && <PollHours time={time} view={view} />}
                {onChoose && time.rank !== null && (
                  <Button size="s" tone="outline" aria-label={t('poll_choose_time', { time: sayTime(time, timeZone, currentLocale()) })} onClick={() => onChoose(time)}>
                    {t('poll_choose')}
                  </Button>
                )}
              </th>
              {view.answers.map((answer) => (
                <Cell key={answer.id} choice={answer.choices[idx] ?? 'no'} words={words} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ choice, words }: { choice: TimeChoice; words: Record<TimeChoice, string> }) {
  const Icon = icons[choice];
  return (
    <td data-choice={choice}>
      <Icon size={18} stroke={2} role="img" aria-label={words[choice]} />
    </td>
  );
}
