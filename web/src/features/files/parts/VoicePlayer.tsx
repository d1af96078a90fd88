import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Attachment } from '@/api/types';
import { classes } from '@/lib/classes';
import { IconButton } from '@/ui/IconButton';
import { decodePeaks, pathOf, timeInDigits } from '../model';
import { useText } from '../strings';
import styles from './Voice.module.css';
import { keepKeys } from './keepKeys';

const STEP_S = 5;
const SPEEDS = [1, 1.5, 2];

/** A voice note: play, and a waveform on which one goes forth and back by pointer or keys. */
export function VoicePlayer({ file, tabIndex }: { file: Attachment; tabIndex: 0 | -1 }) {
  const t = useText();
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [now_s, setNow] = useState(0);
  const [speed, setSpeed] = useState(0);
  const all_s = (file.duration_ms ?? 0) / 1000;
  const bars = decodePeaks(file.peaks);
  const share = all_s > 0 ? Math.min(1, now_s / all_s) : 0;
  const rate = SPEEDS[speed] ?? 1;

  const goTo = (seconds: number) => {
    const goal = Math.max(0, Math.min(all_s, seconds));
    if (audio.current) audio.current.currentTime = goal;
    setNow(goal);
  };
  const toggle = () => {
    if (!audio.current) return;
    audio.current.playbackRate = rate;
    if (isPlaying) audio.current.pause();
    else void audio.current.play().catch(() => setPlaying(false));
  };
  const onKey = (event: KeyboardEvent) => {
    const goals: Record<string, number> = { ArrowRight: now_s + STEP_S, ArrowUp: now_s + STEP_S, ArrowLeft: now_s - STEP_S, ArrowDown: now_s - STEP_S, Home: 0, End: all_s };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    goTo(goal);
  };
  const onPointer = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const along = (event.clientX - box.x) / box.width;
    goTo((getComputedStyle(event.currentTarget).direction === 'rtl' ? 1 - along : along) * all_s);
  };
  const nextSpeed = () => {
    const next = (speed + 1) % SPEEDS.length;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = SPEEDS[next] ?? 1;
  };

  return (
    <div className={styles.voice} role="group" aria-label={t('voice', { time: timeInDigits(all_s) })} onKeyDown={keepKeys}>
      <audio
        ref={audio}
        src={pathOf(file)}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => goTo(0)}
        onTimeUpdate={({ currentTarget }) => setNow(currentTarget.currentTime)}
      />
      <IconButton className={styles.play} label={isPlaying ? t('pause') : t('play')} tabIndex={tabIndex} onClick={toggle}>
        {isPlaying ? <IconPlayerPauseFilled size={18} aria-hidden="true" /> : <IconPlayerPlayFilled size={18} aria-hidden="true" />}
      </IconButton>
      <div
        className={styles.wave}
        role="slider"
        tabIndex={tabIndex}
        aria-label={t('voice_place')}
        aria-valuemin={0}
        aria-valuemax={Math.round(all_s)}
        aria-valuenow={Math.round(now_s)}
        aria-valuetext={t('voice_at', { now: timeInDigits(now_s), all: timeInDigits(all_s) })}
        onKeyDown={onKey}
        onPointerDown={onPointer}
      >
        {bars.map((bar, idx) => (
          <span key={idx} className={classes(styles.bar)} data-past={(idx + 0.5) / bars.length <= share || undefined} style={{ blockSize: `${Math.max(8, Math.round(bar * 100))}%` }} />
        ))}
      </div>
      <span className={styles.time}>{timeInDigits(now_s > 0 ? now_s : all_s)}</span>
      <button type="button" className={styles.speed} tabIndex={tabIndex} aria-label={t('speed', { speed: `${rate}×` })} onClick={nextSpeed}>
        {rate}×
      </button>
    </div>
  );
}
