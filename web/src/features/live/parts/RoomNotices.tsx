import { Button } from '@/ui/Button';
import type { Call, CallView } from '../engine/call';
import { BackdropError } from '../engine/camera';
import { useText } from '../strings';
import styles from './Live.module.css';

/** What is wrong with the line or the devices, and what helps. */
export function RoomNotices({ call, view }: { call: Call; view: CallView }) {
  const t = useText();
  return (
    <>
      {view.state === 'coming_back' && (
        <p className={styles.notice} role="status">
          {t('coming_back')}
        </p>
      )}
      {view.error != null && (
        <p className={styles.notice} role="alert">
          {view.error instanceof BackdropError ? t('background_failed') : t('no_device')}
        </p>
      )}
      {view.isWeak && !view.audioOnly && (
        <p className={styles.notice} role="status">
          {t('weak_line')}{' '}
          <Button size="s" onClick={() => void call.setAudioOnly(true)}>
            {t('only_sound')}
          </Button>
        </p>
      )}
      {view.isSlow && view.camera && (
        <p className={styles.notice} role="status">
          {t('background_slow')}{' '}
          <Button size="s" onClick={() => void call.setBackground('none')}>
            {t('background_off')}
          </Button>
        </p>
      )}
    </>
  );
}
