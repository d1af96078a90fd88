import { useEffect, useRef, useState } from 'react';
import { Select } from '@/ui/Select';
import { chooseDevice, chosenDevice, type Kind } from '../engine/devices';
import { usePreview } from '../engine/usePreview';
import { useText } from '../strings';
import styles from './Live.module.css';

/** How one will be heard and seen, and with which devices. */
export function DeviceCheck({ mic, camera }: { mic: boolean; camera: boolean }) {
  const t = useText();
  const [n_chosen, setChosen] = useState(0);
  const { stream, devices, problem } = usePreview(mic, camera, n_chosen);
  const choose = (kind: Kind) => (id: string) => {
    chooseDevice(kind, id);
    setChosen(n_chosen + 1);
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
      {camera && stream && <Mirror stream={stream} />}
      {mic && stream && <Level stream={stream} />}
      {mic && <DeviceField kind="audioinput" label={t('which_mic')} devices={devices} onChoose={choose('audioinput')} />}
      {camera && <DeviceField kind="videoinput" label={t('which_camera')} devices={devices} onChoose={choose('videoinput')} />}
    </>
  );
}

function Mirror({ stream }: { stream: MediaStream }) {
  const t = useText();
  const box = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (box.current) box.current.srcObject = stream;
  }, [stream]);
  return <video ref={box} className={styles.mirror} autoPlay playsInline muted aria-label={t('how_you_look')} />;
}

/** Moves while one speaks. */
function Level({ stream }: { stream: MediaStream }) {
  const t = useText();
  const bar = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    if (stream.getAudioTracks().length === 0) return;
    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      if (bar.current) bar.current.value = Math.min(1, loudness * 4);
    }, 100);
    return () => {
      clearInterval(timer);
      void audio.close();
    };
  }, [stream]);
  return (
    <label className={styles.level}>
      {t('test_loudness')}
      <meter ref={bar} min={0} max={1} />
    </label>
  );
}

type DeviceFieldProps = { kind: Kind; label: string; devices: readonly MediaDeviceInfo[]; onChoose: (id: string) => void };

/** Only where there is a choice. */
function DeviceField({ kind, label, devices, onChoose }: DeviceFieldProps) {
  const t = useText();
  const own = devices.filter((device) => device.kind === kind && device.deviceId !== '');
  if (own.length < 2) return null;
  const options = own.map(({ deviceId, label: name }, idx) => ({ value: deviceId, label: name || t('device_n', { n: idx + 1 }) }));
  const chosen = chosenDevice(kind);
  return <Select label={label} value={own.some(({ deviceId }) => deviceId === chosen) ? (chosen ?? '') : (own[0]?.deviceId ?? '')} options={options} onChange={onChoose} />;
}
