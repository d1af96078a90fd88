import type { Id, LivePerson, LiveView } from '@/api/types';
import type { BackchannelParts } from '../screens/LiveScreen';
import { AgendaPanel } from './AgendaPanel';
import { NotesPanel } from './NotesPanel';
import { PeoplePanel } from './PeoplePanel';
import { RoomsPanel } from './RoomsPanel';

export type PanelName = 'backchannel' | 'people' | 'agenda' | 'rooms';

type BesideProps = {
  panel: PanelName;
  live: LiveView;
  me: LivePerson | undefined;
  breakout_id: Id | null;
  Backchannel: BackchannelParts;
  onClose: () => void;
};

/** What stands beside the stage. In a smaller room its own notes stand in place of the topic. */
export function Beside({ panel, live, me, breakout_id, Backchannel, onClose }: BesideProps) {
  const { session } = live;
  const isHost = me?.role === 'host';
  if (panel === 'people') return <PeoplePanel session={session} isHost={isHost} onClose={onClose} />;
  if (panel === 'agenda') return <AgendaPanel live={live} isHost={isHost} onClose={onClose} />;
  if (panel === 'rooms') return <RoomsPanel live={live} me={me} isHost={isHost} onClose={onClose} />;
  if (breakout_id) return <NotesPanel live={live} breakout_id={breakout_id} onClose={onClose} />;
  return session.backchannel_id && <Backchannel channel_id={session.channel_id} topic_id={session.backchannel_id} onClose={onClose} />;
}
