import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/Button';
import { showToast } from '@/ui/toast';
import { timeInDigits } from '../model';
import { canRecord, startRecording, type Recording } from '../recording';
import { useText } from '../strings';
import type { Claims } from '../tray';
import styles from './Voice.module.css';

type RecorderProps = { onRecorded: (recorded: { file: File; claims: Claims }) => void; onClose: () => void };

const LOOK_EVERY_MS = 100;

/** Speaking goes on until it is added or thrown away. */
export function Recorder({ onRecorded, onClose }: RecorderProps) {
  const t = useText();
  const recording = useRef<Recording | null>(null);
  const meter = useRef<HTMLSpanElement>(null);
  const [seconds, setSeconds] = useState(0);
  const [isEnding, setEnding] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    const refuse = (words: string) => {
      showToast(words, { tone: 'urgent' });
      onClose();
    };
    if (!canRecord()) refuse(t('record_impossible'));
    else {
      startRecording().then(
        (started) => {
          if (isCurrent) recording.current = started;
          else started.cancel();
        },
        () => isCurrent && refuse(t('record_denied')),
      );
    }
    return () => {
      isCurrent = false;
      recording.current?.cancel();
      recording.current = null;
    };
    // Once, for as long as this is shown.
  }, []);

  useEffect(() => {
    const began_at = performance.now();
    const timer = setInterval(() => {
      if (!recording.current) return;
      setSeconds((performance.now() - began_at) / 1000);
      meter.current?.style.setProperty('--level', `${Math.round(recording.current.level() * 100)}%`);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  const finish = async () => {
    const ours = recording.current;
    if (!ours) return;
    setEnding(true);
    try {
      onRecorded(await ours.finish(t('voice_name')));
      recording.current = null;
    } catch {
      showToast(t('record_impossible'), { tone: 'urgent' });
    }
    onClose();
  };

  return (
    <div className={styles.recorder} role="group" aria-label={t('record')}>
      <span className={styles.dot} aria-hidden="true" />
      <time aria-label={t('recording', { time: timeInDigits(seconds) })}>{timeInDigits(seconds)}</time>
      <span ref={meter} className={styles.level} aria-hidden="true" />
      <Button size="s" tone="plain" onClick={onClose}>
        {t('record_cancel')}
      </Button>
      <Button size="s" tone="primary" autoFocus busy={isEnding} onClick={() => void finish()}>
        {t('record_done')}
      </Button>
    </div>
  );
}
