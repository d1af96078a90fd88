import type { Track } from 'livekit-client';
import { useEffect, useRef } from 'react';
import styles from './Live.module.css';

/** A camera or a screen. What is not seen is not asked for: the library looks at the size of this element. */
export function Picture({ track, isMirrored, isScreen }: { track: Track; isMirrored: boolean; isScreen: boolean }) {
  const box = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    track.attach(element);
    return () => void track.detach(element);
  }, [track]);
  // The tile names it; its sound is played elsewhere.
  return <video ref={box} className={styles.picture} data-mirrored={isMirrored || undefined} data-screen={isScreen || undefined} autoPlay playsInline muted aria-hidden="true" />;
}
