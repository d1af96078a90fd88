import type { Id, LivePerson, LiveView } from '@/api/types';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import type { BesideParts } from '../screens/LiveScreen';
import { useText } from '../strings';
import { AgendaPanel } from './AgendaPanel';
import styles from './Live.module.css';
import { NotesPanel } from './NotesPanel';
import { PanelHead } from './PanelHead';
import { PeoplePanel } from './PeoplePanel';
import { RoomsPanel } from './RoomsPanel';

export type PanelName = 'backchannel' | 'people' | 'agenda' | 'rooms' | 'questions';

type BesideProps = {
  panel: PanelName;
  live: LiveView;
  me: LivePerson | undefined;
  breakout_id: Id | null;
  parts: BesideParts;
  onClose: () => void;
};

/** What stands beside the stage. In a smaller room its own notes stand in place of the topic. */
export function Beside({ panel, live, me, breakout_id, parts, onClose }: BesideProps) {
  const t = useText();
  const { session } = live;
  const isHost = me?.role === 'host';
  if (panel === 'people') return <PeoplePanel session={session} isHost={isHost} onClose={onClose} />;
  if (panel === 'agenda') return <AgendaPanel live={live} isHost={isHost} onClose={onClose} />;
  if (panel === 'rooms') return <RoomsPanel live={live} me={me} isHost={isHost} onClose={onClose} />;
  if (panel === 'questions') {
    return (
      <Pane as="aside" label={t('questions')}>
        <PanelHead title={t('questions')} onClose={onClose} />
        <PaneBody>
          <div className={styles.panelBody}>{session.backchannel_id && <parts.Questions channel_id={session.channel_id} topic_id={session.backchannel_id} />}</div>
        </PaneBody>
      </Pane>
    );
  }
  if (breakout_id) return <NotesPanel live={live} breakout_id={breakout_id} onClose={onClose} />;
  return session.backchannel_id && <parts.Backchannel channel_id={session.channel_id} topic_id={session.backchannel_id} onClose={onClose} />;
}
