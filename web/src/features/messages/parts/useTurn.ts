import { useEffect, useState } from 'react';
import type { ChannelRow } from '@/api/types';

/** Seconds until I may write again where people wait between their messages; 0: now. */
export function useTurn({ slow_until }: Pick<ChannelRow, 'slow_until'>): number {
  const [now_ms, setNow] = useState(Date.now);
  const left_s = Math.max(0, Math.ceil(((slow_until ?? 0) / 1000 - now_ms) / 1000));
  const isWaiting = left_s > 0;
  useEffect(() => {
    setNow(Date.now());
    if (!isWaiting) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [slow_until, isWaiting]);
  return left_s;
}
