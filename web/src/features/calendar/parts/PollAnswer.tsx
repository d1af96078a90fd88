import { useState } from 'react';
import type { TimeChoice, TimePollView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { useAnswerPoll } from '../pollQueries';
import { useText } from '../strings';
import { choices, sayTime, thereOf } from '../timePolls';
import styles from './TimePolls.module.css';

/** My own answer, with what my hours say beside each time. */
export function PollAnswer({ view, timeZone }: { view: TimePollView; timeZone: string }) {
  const t = useText();
  const [said, setSaid] = useState<readonly (TimeChoice | undefined)[]>(() => view.times.map((_, idx) => view.own[idx]));
  const [isShort, setShort] = useState(false);
  const answer = useAnswerPoll(view.poll.id);
  const send = () => {
    const whole = said.filter((choice) => choice !== undefined);
    setShort(whole.length < said.length);
    if (whole.length === said.length) answer.mutate({ choices: whole });
  };
  const choose = (at: number, choice: TimeChoice) => setSaid(said.map((one, idx) => (idx === at ? choice : one)));
  return (
    <Form onSubmit={send}>
      <h3>{t('poll_your_answer')}</h3>
      {view.times.map((time, idx) => (
        <fieldset key={time.starts_at} className={styles.ask}>
          <legend>{sayTime(time, timeZone, currentLocale())}</legend>
          <There view={view} idx={idx} />
          <div className={styles.choices}>
            {choices.map((choice) => (
              <label key={choice} data-choice={choice}>
                <input type="radio" name={`${view.poll.id}-${idx}`} checked={said[idx] === choice} onChange={() => choose(idx, choice)} />
                <span>{t(`poll_${choice}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {isShort && <p role="alert">{t('poll_say_each')}</p>}
      <FormError error={answer.error} />
      <div>
        <Button type="submit" tone="primary" busy={answer.isPending}>
          {t(view.own.length > 0 ? 'poll_change' : 'poll_send')}
        </Button>
      </div>
      {answer.isSuccess && <p role="status">{t('poll_said')}</p>}
    </Form>
  );
}

function There({ view, idx }: { view: TimePollView; idx: number }) {
  const t = useText();
  const me = useMe();
  const cost = view.times[idx]?.costs.find(({ person_id }) => person_id === me?.id);
  if (!cost) return null;
  const there = thereOf(cost);
  return <p className={styles.hint}>{t(there === 'work' ? 'there_work_own' : `there_${there}`, { clock: cost.starts.slice(11) })}</p>;
}
