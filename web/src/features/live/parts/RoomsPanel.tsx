import type { LivePerson, LiveView } from '@/api/types';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { useText } from '../strings';
import styles from './Live.module.css';
import { OpenRooms } from './OpenRooms';
import { PanelHead } from './PanelHead';
import { RoomList } from './RoomList';

type RoomsPanelProps = { live: LiveView; me: LivePerson | undefined; isHost: boolean; onClose: () => void };

/** Smaller rooms: opening them, who is where, and the way back. */
export function RoomsPanel({ live, me, isHost, onClose }: RoomsPanelProps) {
  const t = useText();
  return (
    <Pane as="aside" label={t('rooms')}>
      <PanelHead title={t('rooms')} onClose={onClose} />
      <PaneBody>
        <div className={styles.panelBody}>
        {live.session.n_breakouts > 0 ? <RoomList live={live} me={me} isHost={isHost} /> : isHost ? <OpenRooms live={live} /> : <p>{t('no_rooms')}</p>}
        </div>
      </PaneBody>
    </Pane>
  );
}
