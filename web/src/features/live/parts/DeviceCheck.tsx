import { useEffect, useState } from 'react';
import { chooseBackground, chosenBackground, type Background } from '../engine/background';
import { chooseDevice, type Kind } from '../engine/devices';
import { meterOf, type Meter } from '../engine/meter';
import { usePreview } from '../engine/usePreview';
import { useText } from '../strings';
import { BackgroundField } from './BackgroundField';
import { DeviceField } from './DeviceField';
import styles from './Live.module.css';
import { LoudnessBar } from './LoudnessBar';
import { Mirror } from './Mirror';

/** How one will be heard and seen, and with which devices. */
export function DeviceCheck({ mic, camera }: { mic: boolean; camera: boolean }) {
  const t = useText();
  const [n_chosen, setChosen] = useState(0);
  const [background, setBackground] = useState(chosenBackground);
  const { stream, devices, problem } = usePreview(mic, camera, n_chosen);
  const choose = (kind: Kind) => (id: string) => {
    chooseDevice(kind, id);
    setChosen(n_chosen + 1);
  };
  const put = (wanted: Background) => {
    chooseBackground(wanted);
    setBackground(wanted);
  };
  if (problem) {
    return (
      <p className={styles.notice} role="alert">
        {problem === 'none' ? t('no_such_device') : t('device_refused')}
      </p>
    );
  }
  return (
    <>
      {camera && stream && <Mirror key={stream.id} stream={stream} background={background} onOff={() => put('none')} />}
      {mic && stream && <Level stream={stream} />}
      {mic && <DeviceField kind="audioinput" label={t('which_mic')} devices={devices} onChoose={choose('audioinput')} />}
      {camera && <DeviceField kind="videoinput" label={t('which_camera')} devices={devices} onChoose={choose('videoinput')} />}
      {camera && <BackgroundField value={background} onChange={put} />}
    </>
  );
}

function Level({ stream }: { stream: MediaStream }) {
  const [meter, setMeter] = useState<Meter | null>(null);
  useEffect(() => {
    const opened = meterOf(stream);
    setMeter(opened);
    return opened.stop;
  }, [stream]);
  return meter && <LoudnessBar className={styles.level} loudness={meter.loudness} />;
}
