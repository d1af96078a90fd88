import { useState } from 'react';
import { problemOf } from '@/api/client';
import type { Id, LiveSession } from '@/api/types';
import { settle } from '@/lib/settle';
import { useMe } from '@/realtime/start';
import { navigate } from '@/router/location';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { LinkButton } from '@/ui/LinkButton';
import { Pane } from '@/ui/Pane';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { tellRefusal } from '@/ui/tellRefusal';
import { useCall } from '../engine/useCall';
import { clockOf, handsOf, partOf } from '../model';
import { Controls } from '../parts/Controls';
import { EndDialog } from '../parts/EndDialog';
import { HandList } from '../parts/HandList';
import styles from '../parts/Live.module.css';
import { Lobby } from '../parts/Lobby';
import { Stage } from '../parts/Stage';
import { useKeys } from '../parts/useKeys';
import { useNow } from '../parts/useNow';
import { Wave } from '../parts/Wave';
import { useChangeLive, useHand, useLive } from '../queries';
import { useText } from '../strings';

/** A conversation that is live: the lobby, and then the room. */
export function LiveScreen({ channelId, liveId }: { channelId: Id; liveId: Id }) {
  const { data, error, refetch } = useLive(channelId, liveId);
  return (
    <Pane className={styles.screen}>
      {data && <Loaded key={liveId} session={data.session} />}
      {!data && (error ? <ErrorState error={error} level={1} onRetry={() => void refetch()} /> : <Skeleton rows={6} />)}
    </Pane>
  );
}

function Loaded({ session }: { session: LiveSession }) {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const me = partOf(session, me_id);
  const isHost = me?.role === 'host';
  const { call, view } = useCall(session.channel_id, session.id);
  const [isEnding, setEnding] = useState(false);
  const hand = useHand(session.channel_id, session.id);
  const change = useChangeLive(session.channel_id, session.id);
  const isIn = view.state === 'in' || (view.state === 'coming_back' && view.tiles.length > 0);
  const hasEnded = session.ended_at !== null;
  const now_us = useNow(!hasEnded);
  useKeys(isIn, {
    m: () => void (view.canSpeak && call.setMic(!view.mic)),
    v: () => void (view.canSpeak && call.setCamera(!view.camera)),
    h: () => settle(hand.mutateAsync(me?.hand_at == null), { onError: tellRefusal }),
  });
  const goBack = () => {
    void call.leave();
    const { channel_id, topic_id } = session;
    if (topic_id) navigate({ to: '/c/$channelId/t/$topicId', params: { channelId: channel_id, topicId: topic_id } });
    else navigate({ to: '/c/$channelId', params: { channelId: channel_id } });
  };
  const openDoors = () => settle(change.mutateAsync({ is_open: true }), { onError: tellRefusal });
  const back = (
    <LinkButton to="/c/$channelId" params={{ channelId: session.channel_id }} size="s" tone="plain">
      {t('to_conversation')}
    </LinkButton>
  );
  return (
    <>
      <PaneHeader
        title={t('live_session')}
        back={null}
        icon={!hasEnded && <Wave />}
        subtitle={hasEnded ? t('has_ended') : t('head', { clock: clockOf(session.started_at, now_us), count: session.n_in, minutes: session.person_minutes })}
        actions={
          <>
            {isHost && session.opened_at === null && !hasEnded && (
              <Button size="s" tone="primary" busy={change.isPending} onClick={openDoors}>
                {t('open_doors')}
              </Button>
            )}
            {!isIn && back}
          </>
        }
      />
      {hasEnded && <p className={styles.notice}>{t('has_ended_hint')}</p>}
      {!hasEnded && !isIn && view.state !== 'coming_back' && (
        <>
          {view.state === 'refused' && (
            <p className={styles.notice} role="alert">
              {problemOf(view.error).detail || problemOf(view.error).title}
            </p>
          )}
          <Lobby session={session} isHost={isHost} view={view} onJoin={(wish) => void call.join(wish)} />
        </>
      )}
      {!hasEnded && view.state === 'coming_back' && (
        <p className={styles.notice} role="status">
          {t('coming_back')}
        </p>
      )}
      {!hasEnded && isIn && (
        <>
          {view.error != null && (
            <p className={styles.notice} role="alert">
              {t('no_device')}
            </p>
          )}
          <Stage tiles={view.tiles} hands={new Set(handsOf(session).map(({ person_id }) => person_id))} />
          <HandList session={session} isHost={isHost} />
          <Controls session={session} me={me} call={call} view={view} onEnd={isHost ? () => setEnding(true) : null} onLeave={goBack} />
        </>
      )}
      {isEnding && <EndDialog session={session} onClose={() => setEnding(false)} onEnded={goBack} />}
    </>
  );
}
