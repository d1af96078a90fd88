import { IconHourglass } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Id, TalkEstimate, TimingHint } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatTime } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { useMe } from '@/realtime/start';
import { proposeMeeting } from '../proposing';
import { Button } from '@/ui/Button';
import { isSameDay, sayMoment } from '../model';
import { tellShown, useDismiss, useTiming } from '../queries';
import { useText } from '../strings';
import styles from './Advice.module.css';
import { EstimateLine } from './EstimateLine';

type TimingLineProps = { channel_id: Id; topic_id: Id | null };

/** On top of the composer, while something is open: what it will take, or a quiet hint for whoever has to answer. */
export function TimingLine({ channel_id, topic_id }: TimingLineProps) {
  const { data } = useTiming(channel_id, topic_id);
  if (!data?.estimate || data.n_open === 0) return null;
  if (data.hint) return <HintLine channel_id={channel_id} topic_id={topic_id} hint={data.hint} estimate={data.estimate} />;
  return (
    <p className={styles.line}>
      <IconHourglass size={14} stroke={1.6} aria-hidden="true" />
      <span>
        <EstimateLine estimate={data.estimate} />
      </span>
    </p>
  );
}

type HintLineProps = TimingLineProps & { hint: TimingHint; estimate: TalkEstimate };

function HintLine({ channel_id, topic_id, hint, estimate }: HintLineProps) {
  const t = useText();
  const now = useMinute();
  const locale = currentLocale();
  const me_id = useMe()?.id;
  const dismiss = useDismiss(channel_id, topic_id);
  const { live, live_until, talk_minutes } = estimate;
  const until = live !== null && live_until !== null && isSameDay(live, live_until) ? formatTime(live_until, locale) : null;
  useEffect(() => tellShown(channel_id, topic_id), [channel_id, topic_id]);
  const propose = () => proposeMeeting({ people: estimate.people.filter((id) => id !== me_id), at: live, minutes: talk_minutes, aim: 'decide' });
  return (
    <div className={styles.hint} role="note">
      <p>
        {hint.kind === 'ping_pong' ? t('rounds', { count: hint.rounds }) : t('quick')}
        {hint.kind === 'ping_pong' && hint.next_at !== null && `; ${t('next_likely', { when: sayMoment(hint.next_at, now, locale) })}`}
        {hint.kind === 'ping_pong' && '.'}{' '}
        {live !== null && <b>{t(until === null ? 'talk_at' : 'talk_from', { minutes: talk_minutes, from: sayMoment(live, now, locale), until: until ?? '' })}</b>}
      </p>
      <div className={styles.acts}>
        {live !== null && (
          <Button size="s" tone="outline" onClick={propose}>
            {t('propose')}
          </Button>
        )}
        <Button size="s" tone="plain" onClick={() => dismiss.mutate()}>
          {t('not_here')}
        </Button>
      </div>
    </div>
  );
}
