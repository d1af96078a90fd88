import { useEffect, useState } from 'react';
import type { LivePerson, LiveView } from '@/api/types';
import { settle } from '@/lib/settle';
import { Button } from '@/ui/Button';
import { Pane } from '@/ui/Pane';
import { PaneHeader } from '@/ui/PaneHeader';
import { Split } from '@/ui/Split';
import { tellRefusal } from '@/ui/tellRefusal';
import type { Call, CallView } from '../engine/call';
import { handsOf, type Layout } from '../model';
import { useHand } from '../queries';
import type { BesideParts } from '../screens/LiveScreen';
import { useText } from '../strings';
import { Beside, type PanelName } from './Beside';
import { BreakoutLine } from './BreakoutLine';
import { CameraDialog } from './CameraDialog';
import { Controls } from './Controls';
import { EndDialog } from './EndDialog';
import { HandList } from './HandList';
import styles from './Live.module.css';
import { InterpreterLine } from './InterpreterLine';
import { LivePill } from './LivePill';
import { MoreMenu } from './MoreMenu';
import { PointLine } from './PointLine';
import { QuietLine } from './QuietLine';
import { RoomNotices } from './RoomNotices';
import { Stage } from './Stage';
import { useKeys } from './useKeys';

type RoomViewProps = {
  live: LiveView;
  me: LivePerson | undefined;
  call: Call;
  view: CallView;
  parts: BesideParts;
  onOpenDoors: (() => void) | null;
  onLeave: () => void;
};

/** What one chose for oneself, until those who host arrange it anew. */
type Own = { layout: Layout | null; pinned_id: string | null; over: string };

/** In the room: the stage, what one can do, and beside it what is said, who is there, and what it is about. */
export function RoomView({ live, me, call, view, parts, onOpenDoors, onLeave }: RoomViewProps) {
  const t = useText();
  const { session } = live;
  const isHost = me?.role === 'host';
  const [panel, setPanel] = useState<PanelName | null>(null);
  const [isEnding, setEnding] = useState(false);
  const [seesInterpreters, setSeesInterpreters] = useState(true);
  const [hasCameraOpen, setCameraOpen] = useState(false);
  const hand = useHand(session.channel_id, session.id);
  const arranged = `${session.layout} ${session.pinned_id ?? ''}`;
  const [own, setOwn] = useState<Own>({ layout: null, pinned_id: null, over: arranged });
  const mine = own.over === arranged ? own : { layout: null, pinned_id: null };
  const hasScreen = view.tiles.some(({ isScreen }) => isScreen);
  const layout = mine.layout ?? (session.layout !== 'free' ? session.layout : hasScreen ? 'content' : 'grid');
  const toggle = (name: PanelName) => setPanel(panel === name ? null : name);
  const meant_for = me?.breakout_id ?? null;
  const isElsewhere = view.state === 'in' && meant_for !== view.breakout_id;
  useEffect(() => {
    if (isElsewhere) void call.move();
  }, [isElsewhere, call]);
  useKeys(true, call, {
    m: () => void (view.canSpeak && call.setMic(!view.mic)),
    v: () => void (view.canSpeak && call.setCamera(!view.camera)),
    h: () => settle(hand.mutateAsync(me?.hand_at == null), { onError: tellRefusal }),
  });
  const close = () => setPanel(null);
  const more = (
    <MoreMenu
      live={live}
      isHost={isHost}
      view={view}
      call={call}
      layout={mine.layout}
      panel={panel}
      seesInterpreters={seesInterpreters}
      onInterpreters={() => setSeesInterpreters(!seesInterpreters)}
      onLayout={(chosen) => setOwn({ layout: chosen, pinned_id: mine.pinned_id, over: arranged })}
      onPanel={toggle}
      onCamera={() => setCameraOpen(true)}
      onEnd={() => setEnding(true)}
    />
  );
  return (
    <div className={styles.whole} data-in="">
      <Split
        onClosePanel={close}
        panel={
          panel && <Beside panel={panel} live={live} me={me} breakout_id={view.breakout_id} parts={parts} onClose={close} />
        }
        main={
          <Pane className={styles.screen}>
            <PaneHeader
              title={live.title || t('live_session')}
              back={null}
              icon={<LivePill session={session} />}
              subtitle={t('head', { count: session.n_in, minutes: session.person_minutes })}
              actions={
                <>
                  {onOpenDoors && (
                    <Button size="s" tone="primary" onClick={onOpenDoors}>
                      {t('open_doors')}
                    </Button>
                  )}
                  {more}
                </>
              }
            />
            <RoomNotices call={call} view={view} />
            <InterpreterLine session={session} />
            <BreakoutLine live={live} me={me} isHost={isHost} />
            <PointLine live={live} />
            {isHost && <QuietLine session={session} view={view} />}
            <Stage
              view={view}
              layout={layout}
              pinned_id={mine.pinned_id ?? session.pinned_id}
              interpreters={seesInterpreters ? session.interpreters : []}
              hands={new Set(handsOf(session).map(({ person_id }) => person_id))}
              onPin={(pinned_id) => setOwn({ layout: mine.layout, pinned_id, over: arranged })}
              onRest={() => setPanel('people')}
            />
            <HandList session={session} isHost={isHost} />
            <Controls session={session} me={me} call={call} view={view} panel={panel} onPanel={toggle} onLeave={onLeave} />
          </Pane>
        }
      />
      {hasCameraOpen && <CameraDialog call={call} view={view} onClose={() => setCameraOpen(false)} />}
      {isEnding && <EndDialog live={live} onClose={() => setEnding(false)} onEnded={onLeave} />}
    </div>
  );
}
