import { useState } from 'react';
import type { Id, TimePoll, TimePollTime, TimePollView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { classes } from '@/lib/classes';
import { formatDateTime } from '@/lib/time';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { useClosePoll, useTimePoll } from '../pollQueries';
import { useText } from '../strings';
import { isOver, sayTime } from '../timePolls';
import { PollAnswer } from './PollAnswer';
import { PollGrid } from './PollGrid';
import styles from './Schedule.module.css';
import polls from './TimePolls.module.css';

type TimePollDialogProps = { id: Id; timeZone: string; onClose: () => void; onChoose: (poll: TimePoll, time: TimePollTime) => void; onMeeting: (id: Id) => void };

/** A question when people can: my answer, and for whoever asks what all said, the choice and the link for people outside. */
export function TimePollDialog({ id, timeZone, onClose, onChoose, onMeeting }: TimePollDialogProps) {
  const t = useText();
  const { data, error, refetch } = useTimePoll(id);
  return (
    <Dialog title={data?.poll.title ?? t('when_can')} hint={data && <Stand view={data} timeZone={timeZone} />} onClose={onClose} size="l">
      {!data && !error && <Skeleton rows={4} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && <Whole view={data} timeZone={timeZone} onChoose={onChoose} onMeeting={onMeeting} />}
    </Dialog>
  );
}

/** How it stands. */
function Stand({ view: { poll, people, can_change, times }, timeZone }: { view: TimePollView; timeZone: string }) {
  const t = useText();
  const locale = currentLocale();
  const maker = people.find(({ id }) => id === poll.created_by)?.name ?? '';
  const chosen = times.find(({ starts_at }) => starts_at === poll.chosen_at);
  switch (poll.state) {
    case 'open':
      return t('poll_is_open', { time: formatDateTime(poll.ends_at, locale, timeZone) });
    case 'ended':
      return can_change ? t('poll_is_ended') : t('poll_is_ended_others', { name: maker });
    case 'closed':
      return t('poll_is_closed');
    case 'chosen':
      return t('poll_is_chosen', { time: chosen ? sayTime(chosen, timeZone, locale) : '' });
  }
}

function Whole({ view, timeZone, onChoose, onMeeting }: { view: TimePollView } & Pick<TimePollDialogProps, 'timeZone' | 'onChoose' | 'onMeeting'>) {
  const t = useText();
  const me = useMe();
  const { poll, can_change } = view;
  const [isClosing, setClosing] = useState(false);
  const close = useClosePoll(poll.id);
  const isAlive = !isOver(poll);
  const { meeting_id } = poll;
  const sees = can_change || poll.shows_names;
  return (
    <div className={classes(styles.details, polls.whole)}>
      {poll.about && <p dir="auto">{poll.about}</p>}
      {meeting_id && (
        <div>
          <Button tone="primary" onClick={() => onMeeting(meeting_id)}>
            {t('poll_open_meeting')}
          </Button>
        </div>
      )}
      {view.link && poll.state === 'open' && <CopyField label={t('poll_link')} hint={t('poll_link_hint')} value={view.link} />}
      {poll.state === 'open' && poll.created_by !== me?.id && <PollAnswer key={view.own.join()} view={view} timeZone={timeZone} />}
      {sees && (
        <section>
          <h3>{t('poll_answers')}</h3>
          <PollGrid view={view} timeZone={timeZone} onChoose={can_change && isAlive ? (time) => onChoose(poll, time) : null} />
        </section>
      )}
      {can_change && isAlive && (
        <div className={styles.change}>
          <Button size="s" tone="danger" onClick={() => setClosing(true)}>
            {t('poll_close')}
          </Button>
        </div>
      )}
      {isClosing && (
        <ConfirmDialog
          title={t('poll_close_title')}
          confirmLabel={t('poll_close')}
          busy={close.isPending}
          error={close.error}
          onConfirm={() => close.mutate(undefined, { onSuccess: () => setClosing(false) })}
          onClose={() => setClosing(false)}
        >
          {t('poll_close_text')}
        </ConfirmDialog>
      )}
    </div>
  );
}
