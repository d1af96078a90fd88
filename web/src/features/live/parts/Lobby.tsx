import { useState } from 'react';
import type { LiveSession } from '@/api/types';
import { Button } from '@/ui/Button';
import { LinkButton } from '@/ui/LinkButton';
import { Switch } from '@/ui/Switch';
import type { CallView, Wish } from '../engine/call';
import { useText } from '../strings';
import { DeviceCheck } from './DeviceCheck';
import styles from './Live.module.css';
import { ToConversation } from './ToConversation';

type LobbyProps = { session: LiveSession; isHost: boolean; view: CallView; onJoin: (wish: Wish) => void; onOpenDoors: (() => void) | null };

/** Before one is in: with what, and whether the doors are open. Nobody is heard or seen without having said so. */
export function Lobby({ session, isHost, view, onJoin, onOpenDoors }: LobbyProps) {
  const t = useText();
  const [mic, setMic] = useState(true);
  const [camera, setCamera] = useState(false);
  const isWaiting = session.opened_at === null && !isHost;
  const onlyListens = session.usual_role === 'listener' && !isHost;
  if (view.state === 'sent_out') {
    return (
      <section className={styles.lobby} aria-label={t('lobby')}>
        <p role="status">{t('sent_out')}</p>
        <ToConversation session={session} tone="primary" />
      </section>
    );
  }
  return (
    <section className={styles.lobby} aria-label={t('lobby')}>
      <p role="status">{stateWords()}</p>
      {session.tells_hosts && <p className={styles.note}>{t('is_told')}</p>}
      {!onlyListens && (
        <>
          <Switch label={t('with_mic')} checked={mic} onChange={setMic} />
          <Switch label={t('with_camera')} checked={camera} onChange={setCamera} />
        </>
      )}
      {!onlyListens && view.state !== 'joining' && <DeviceCheck mic={mic} camera={camera} />}
      {onlyListens && <p className={styles.note}>{t('you_listen')}</p>}
      <Button className={styles.join} tone="primary" busy={view.state === 'joining'} disabled={isWaiting} onClick={() => onJoin({ mic: mic && !onlyListens, camera: camera && !onlyListens })}>
        {t('join')}
      </Button>
      {onOpenDoors && <Button onClick={onOpenDoors}>{t('open_doors')}</Button>}
      <LinkButton to="/settings/$page" params={{ page: 'calls' }} tone="plain">
        {t('try_line')}
      </LinkButton>
      <ToConversation session={session} tone="plain" />
    </section>
  );

  function stateWords() {
    if (view.state === 'elsewhere') return t('elsewhere');
    if (isWaiting) return t('doors_closed');
    return session.n_in === 0 ? t('nobody_in') : t('n_in', { count: session.n_in });
  }
}
