import { lazy, Suspense, use, useState } from 'react';
import type { Id, MeetingView } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { Link } from '@/router/Link';
import { formatTime } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { useChannelRow } from '@/realtime/start';
import { Chip } from '@/ui/Chip';
import { Dialog } from '@/ui/Dialog';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { MeetingLiveContext } from '../live';
import { formatDayName, wallOf } from '../model';
import { useMeeting } from '../queries';
import { useText } from '../strings';
import { MeetingAnswer, MeetingChange } from './MeetingAnswer';
import { Outside } from './Outside';
import { ParkHint } from './ParkHint';
import styles from './Schedule.module.css';

const ParkDialog = lazy(() => import('./ParkDialog').then((module) => ({ default: module.ParkDialog })));

/** A meeting: what it is for, when, who comes; and my answer. */
export function MeetingDialog({ id, timeZone, onClose }: { id: Id; timeZone: string; onClose: () => void }) {
  const t = useText();
  const { data, error, refetch } = useMeeting(id);
  return (
    <Dialog title={data?.meeting.title ?? t('meeting')} hint={data && <When view={data} timeZone={timeZone} />} onClose={onClose} size="m">
      {!data && !error && <Skeleton rows={4} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && <Whole view={data} timeZone={timeZone} />}
    </Dialog>
  );
}

function When({ view: { meeting }, timeZone }: { view: MeetingView; timeZone: string }) {
  const t = useText();
  const locale = currentLocale();
  const day = formatDayName(wallOf(meeting.starts_at, timeZone).day, locale, 'long');
  return (
    <>
      {day}, {formatTime(meeting.starts_at, locale, timeZone)}–{formatTime(meeting.ends_at, locale, timeZone)}
      {meeting.series && ` · ${t('n_of_series', { n: meeting.series.n, of: meeting.series.of })}`}
    </>
  );
}

function Whole({ view, timeZone }: { view: MeetingView; timeZone: string }) {
  const t = useText();
  const { meeting, people } = view;
  const nameOf = (id: Id) => people.find((person) => person.id === id)?.name ?? '';
  const now = useMinute();
  const Live = use(MeetingLiveContext);
  const [isParking, setParking] = useState(false);
  const park = () => setParking(true);
  const isOver = meeting.is_canceled || meeting.ends_at <= now;
  return (
    <div className={styles.details}>
      {meeting.is_canceled && <p className={styles.called}>{t('was_called_off')}</p>}
      {meeting.outcome && (
        <section>
          <h3>{t('outcome_short')}</h3>
          <p dir="auto">{meeting.outcome}</p>
        </section>
      )}
      {meeting.agenda.length > 0 && (
        <section>
          <h3>{t('agenda')}</h3>
          <ol dir="auto">
            {meeting.agenda.map((item, idx) => (
              <li key={idx}>{item}</li>
            ))}
          </ol>
        </section>
      )}
      <Place view={view} />
      {!isOver && Live && <Live meeting={meeting} />}
      <section>
        <h3>{t('invited')}</h3>
        <ul className={styles.people}>
          {meeting.people.map((person) => (
            <li key={person.person_id}>
              <bdi>{nameOf(person.person_id)}</bdi>
              {!person.is_required && <small>{t('not_needed')}</small>}
              <Chip tone={person.answer === 'yes' ? 'accent' : person.is_asked ? 'due' : 'calm'}>{person.is_asked ? t('has_to_agree') : t(`said_${person.answer}`)}</Chip>
            </li>
          ))}
        </ul>
        <Outside view={view} isOver={isOver} />
      </section>
      {!isOver && <ParkHint view={view} onPark={park} />}
      {!isOver && <MeetingAnswer view={view} />}
      {!isOver && view.can_change && <MeetingChange view={view} timeZone={timeZone} onPark={view.park || meeting.people.length < 2 ? null : park} />}
      {isParking && (
        <Suspense fallback={null}>
          <ParkDialog view={view} timeZone={timeZone} onClose={() => setParking(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Place({ view: { meeting } }: { view: MeetingView }) {
  const t = useText();
  const channel = useChannelRow(meeting.channel_id ?? '');
  if (!channel) return null;
  const params = { channelId: channel.id };
  const name = <bdi>#{channel.name}</bdi>;
  return (
    <p>
      {t('belongs_to')}{' '}
      {meeting.topic_id ? <Link to="/c/$channelId/t/$topicId" params={{ ...params, topicId: meeting.topic_id }}>{name}</Link> : <Link to="/c/$channelId" params={params}>{name}</Link>}
    </p>
  );
}
