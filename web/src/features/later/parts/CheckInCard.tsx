import { useState } from 'react';
import type { CheckIn, Id, Message } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { useMinute } from '@/lib/useMinute';
import { uuidv7 } from '@/lib/uuidv7';
import { Link } from '@/router/Link';
import { Button } from '@/ui/Button';
import { Form } from '@/ui/Form';
import { FormError } from '@/ui/FormError';
import { keepFocus } from '@/ui/keepFocus';
import { Skeleton } from '@/ui/Skeleton';
import { TextArea } from '@/ui/TextArea';
import { sayWhen } from '../model';
import { useAnswer, useCheckIn, useSkip } from '../routineQueries';
import { useText } from '../strings';
import styles from './CheckInCard.module.css';

type CheckInCardProps = { message: Message; me_id: Id; is_member: boolean; can_manage: boolean; tabIndex: 0 | -1 };

/** What is written and not sent yet: a long timeline lets its messages go while one scrolls. */
const written = new Map<Id, string>();

/** Under a question that comes back: how many have answered, and my answer. */
export function CheckInCard({ message, tabIndex }: CheckInCardProps) {
  const t = useText();
  const { data, error, refetch } = useCheckIn(message.channel_id, message.id);
  if (data) return <Loaded view={data} channel_id={message.channel_id} tabIndex={tabIndex} />;
  return (
    <div className={styles.card}>
      {error ? (
        <Button size="s" tabIndex={tabIndex} onClick={() => void refetch()}>
          {t('try_again')}
        </Button>
      ) : (
        <Skeleton rows={2} />
      )}
    </div>
  );
}

function Loaded({ view, channel_id, tabIndex }: { view: CheckIn; channel_id: Id; tabIndex: 0 | -1 }) {
  const t = useText();
  const now = useMinute();
  const { n_asked, n_answered, mine, my_time, topic_id, message_id } = view;
  const [isEarly, setEarly] = useState(false);
  const canBegin = mine === 'waiting' || mine === 'skipped';
  return (
    <div ref={keepFocus} className={styles.card} role="group" aria-label={t('check_in_of', { day: view.day })}>
      <p className={styles.facts}>
        <span>{t('n_answered', { count: n_asked, n: n_answered })}</span>
        <Link to="/c/$channelId/t/$topicId" params={{ channelId: channel_id, topicId: topic_id }} tabIndex={tabIndex}>
          {t('answers')}
        </Link>
      </p>
      {mine === 'answered' && <p className={styles.note}>{t('you_answered')}</p>}
      {mine === 'away' && <p className={styles.note}>{t('you_are_away')}</p>}
      {mine === 'skipped' && !isEarly && <p className={styles.note}>{t('you_skipped')}</p>}
      {mine === 'waiting' && !isEarly && my_time !== null && (
        <p className={styles.note}>{t('your_time', { when: sayWhen(my_time, now, currentLocale(), t) })}</p>
      )}
      {canBegin && !isEarly && (
        <Button size="s" tone="outline" tabIndex={tabIndex} onClick={() => setEarly(true)}>
          {t('answer_now')}
        </Button>
      )}
      {(mine === 'asked' || (canBegin && isEarly)) && (
        <Answer channel_id={channel_id} topic_id={topic_id} message_id={message_id} canSkip={mine !== 'skipped'} tabIndex={tabIndex} />
      )}
    </div>
  );
}

type AnswerProps = { channel_id: Id; topic_id: Id; message_id: Id; canSkip: boolean; tabIndex: 0 | -1 };

function Answer({ channel_id, topic_id, message_id, canSkip, tabIndex }: AnswerProps) {
  const t = useText();
  const [id] = useState(uuidv7);
  const [text, setText] = useState(() => written.get(message_id) ?? '');
  const answer = useAnswer(channel_id, message_id);
  const skip = useSkip(channel_id, message_id);
  const write = (words: string) => {
    written.set(message_id, words);
    setText(words);
  };
  const send = () => {
    if (text.trim() === '' || answer.isPending) return;
    answer.mutate({ id, topic_id, text: text.trim() }, { onSuccess: () => written.delete(message_id) });
  };
  return (
    <Form onSubmit={send}>
      <TextArea label={t('your_answer')} value={text} onChange={write} rows={2} tabIndex={tabIndex} />
      <FormError error={answer.error ?? skip.error} />
      <div className={styles.buttons}>
        <Button size="s" tone="primary" type="submit" busy={answer.isPending} disabled={text.trim() === ''} tabIndex={tabIndex}>
          {t('answer')}
        </Button>
        {canSkip && (
          <Button size="s" tone="plain" busy={skip.isPending} tabIndex={tabIndex} onClick={() => skip.mutate()}>
            {t('skip_answer')}
          </Button>
        )}
      </div>
    </Form>
  );
}
