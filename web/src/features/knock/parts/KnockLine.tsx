import type { AnswerKnock, Id, Knock } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { settle } from '@/lib/settle';
import { formatTime } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { usePerson } from '@/realtime/people';
import { useChannelRow, useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { tellRefusal } from '@/ui/tellRefusal';
import { useAnswerTime, useKnock, useTakeBack } from '../queries';
import { useText } from '../strings';
import styles from './Knock.module.css';

const MINUTE_US = 60_000_000;
const HOUR_US = 60 * MINUTE_US;
/** The times that can be said with one tap, from now. */
const LATER_MIN = [30, 60] as const;

/** On top of the composer, in a conversation of two: a knock that waits, or what was said to it. */
export function KnockLine({ channel_id }: { channel_id: Id }) {
  const row = useChannelRow(channel_id);
  const now = useMinute();
  const isOfTwo = row?.kind === 'direct' && row.people.length === 2;
  const knock = useKnock(channel_id, isOfTwo).data?.knock;
  if (!knock) return null;
  const ends_at = knock.answered_at === null ? knock.expires_at : knock.answered_at + HOUR_US;
  return now < ends_at ? <Line knock={knock} now={now} /> : null;
}

function Line({ knock, now }: { knock: Knock; now: number }) {
  const t = useText();
  const locale = currentLocale();
  const isMine = knock.by_id === useMe()?.id;
  const name = usePerson(isMine ? knock.to_id : knock.by_id)?.name ?? '';
  const answer = useAnswerTime(knock.channel_id);
  const takeBack = useTakeBack(knock.channel_id);
  const failed = { onError: tellRefusal };
  const say = (said: AnswerKnock) => settle(answer.mutateAsync(said), failed);
  const time = formatTime(knock.until ?? knock.expires_at, locale);
  if (knock.answer !== null) {
    return (
      <div className={styles.line} role="status">
        <p>{t(isMine ? `said_${knock.answer}` : `you_said_${knock.answer}`, { name, time })}</p>
      </div>
    );
  }
  return (
    <div className={styles.line} role="status">
      <p>{isMine ? t('asked', { name, time }) : t('good_time', { name })}</p>
      {isMine ? (
        <Button size="s" tone="plain" busy={takeBack.isPending} onClick={() => settle(takeBack.mutateAsync(), failed)}>
          {t('take_back')}
        </Button>
      ) : (
        <>
          <Button size="s" tone="soft" busy={answer.isPending} onClick={() => say({ answer: 'yes' })}>
            {t('yes')}
          </Button>
          {LATER_MIN.map((minutes) => (
            <Button key={minutes} size="s" tone="outline" onClick={() => say({ answer: 'at', until: now + minutes * MINUTE_US })}>
              {t('in_minutes', { time: formatTime(now + minutes * MINUTE_US, locale) })}
            </Button>
          ))}
          <Button size="s" tone="plain" onClick={() => say({ answer: 'no' })}>
            {t('no')}
          </Button>
        </>
      )}
    </div>
  );
}
