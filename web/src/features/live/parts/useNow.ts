import { useEffect, useState } from 'react';

/** The time in microseconds, once a second. */
export function useNow(isRunning: boolean): number {
  const [now_us, setNow] = useState(() => Date.now() * 1000);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now() * 1000), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now_us;
}
