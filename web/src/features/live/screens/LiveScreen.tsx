import type { ComponentType } from 'react';
import { problemOf } from '@/api/client';
import type { Id, LiveView } from '@/api/types';
import { settle } from '@/lib/settle';
import { useMe } from '@/realtime/start';
import { navigate } from '@/router/location';
import { ErrorState } from '@/ui/ErrorState';
import { Pane } from '@/ui/Pane';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { useCall } from '../engine/useCall';
import { partOf } from '../model';
import styles from '../parts/Live.module.css';
import { LivePill } from '../parts/LivePill';
import { Lobby } from '../parts/Lobby';
import { RoomView } from '../parts/RoomView';
import { ToConversation } from '../parts/ToConversation';
import { useChangeLive, useLive } from '../queries';
import { useText } from '../strings';

/** What other features draw beside a session: its topic, and the questions that are collected there. */
export type BesideParts = {
  Backchannel: ComponentType<{ channel_id: Id; topic_id: Id; onClose: () => void }>;
  Questions: ComponentType<{ channel_id: Id; topic_id: Id }>;
};

/** A conversation that is live: the lobby, and then the room. */
export function LiveScreen({ channelId, liveId, parts }: { channelId: Id; liveId: Id; parts: BesideParts }) {
  const { data, error, refetch } = useLive(channelId, liveId);
  if (data) return <Loaded key={liveId} live={data} parts={parts} />;
  return <Pane className={styles.screen}>{error ? <ErrorState error={error} level={1} onRetry={() => void refetch()} /> : <Skeleton rows={6} />}</Pane>;
}

function Loaded({ live, parts }: { live: LiveView; parts: BesideParts }) {
  const t = useText();
  const { session } = live;
  const me_id = useMe()?.id ?? '';
  const me = partOf(session, me_id);
  const isHost = me?.role === 'host';
  const { call, view } = useCall(session.channel_id, session.id);
  const change = useChangeLive(session.channel_id, session.id);
  const isIn = view.state === 'in' || view.state === 'moving' || (view.state === 'coming_back' && view.wasIn);
  const hasEnded = session.ended_at !== null;
  const goBack = () => {
    void call.leave();
    const { channel_id, topic_id } = session;
    if (topic_id) navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel_id, topicId: topic_id } });
    else navigate({ to: '/c/$channelId', params: { channelId: channel_id } });
  };
  const openDoors = () => settle(change.mutateAsync({ is_open: true }), { onError: tellRefusal });
  if (isIn && !hasEnded) {
    return <RoomView live={live} me={me} call={call} view={view} parts={parts} onOpenDoors={session.opened_at === null && isHost ? openDoors : null} onLeave={goBack} />;
  }
  return (
    <Pane className={styles.screen}>
      <PaneHeader
        title={live.title || t('live_session')}
        back={null}
        icon={<LivePill session={session} />}
        subtitle={hasEnded ? t('has_ended') : null}
      />
      {hasEnded && (
        <section className={styles.lobby} aria-label={t('has_ended')}>
          <p>{t('has_ended_hint')}</p>
          <ToConversation session={session} tone="primary" />
        </section>
      )}
      {!hasEnded && view.state !== 'coming_back' && (
        <>
          {view.state === 'refused' && (
            <p className={styles.notice} role="alert">
              {problemOf(view.error).detail || problemOf(view.error).title}
            </p>
          )}
          <Lobby session={session} isHost={isHost} view={view} onJoin={(wish) => void call.join(wish)} onOpenDoors={isHost && session.opened_at === null ? openDoors : null} />
        </>
      )}
      {!hasEnded && view.state === 'coming_back' && (
        <p className={styles.notice} role="status">
          {t('coming_back')}
        </p>
      )}
    </Pane>
  );
}
