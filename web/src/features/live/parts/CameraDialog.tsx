import { useEffect, useState } from 'react';
import { Dialog } from '@/ui/Dialog';
import { chosenBackground, type Background } from '../engine/background';
import type { Call, CallView } from '../engine/call';
import { BackdropError } from '../engine/camera';
import { useText } from '../strings';
import { BackgroundField } from './BackgroundField';
import { DeviceField } from './DeviceField';
import styles from './Live.module.css';
import { Picture } from './Picture';

/** Which camera, and what stands behind oneself; it changes while the others look. */
export function CameraDialog({ call, view, onClose }: { call: Call; view: CallView; onClose: () => void }) {
  const t = useText();
  const [background, setBackground] = useState(chosenBackground);
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    void navigator.mediaDevices.enumerateDevices().then(setDevices);
  }, []);
  const put = (wanted: Background) => {
    setBackground(wanted);
    void call.setBackground(wanted);
  };
  const video = view.tiles.find(({ isMine, isScreen }) => isMine && !isScreen)?.video;
  return (
    <Dialog title={t('camera_and_background')} hint={view.camera ? undefined : t('camera_is_off')} onClose={onClose}>
      <div className={styles.fields}>
        {video && (
          <div className={styles.selfView}>
            <Picture track={video} isMirrored isScreen={false} />
          </div>
        )}
        {view.error instanceof BackdropError && (
          <p className={styles.plainNotice} role="alert">
            {t('background_failed')}
          </p>
        )}
        <DeviceField kind="videoinput" label={t('which_camera')} devices={devices} onChoose={(id) => void call.setDevice('videoinput', id)} />
        <BackgroundField value={background} onChange={put} />
      </div>
    </Dialog>
  );
}
