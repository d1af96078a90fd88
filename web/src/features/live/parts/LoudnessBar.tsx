import { useEffect, useRef } from 'react';
import { useText } from '../strings';

/** Moves while one speaks. */
export function LoudnessBar({ className, loudness }: { className: string | undefined; loudness: () => number }) {
  const t = useText();
  const bar = useRef<HTMLMeterElement>(null);
  useEffect(() => {
    const timer = setInterval(() => {
      if (bar.current) bar.current.value = Math.min(1, loudness() * 4);
    }, 100);
    return () => clearInterval(timer);
  }, [loudness]);
  return (
    <label className={className}>
      {t('test_loudness')}
      <meter ref={bar} min={0} max={1} />
    </label>
  );
}
