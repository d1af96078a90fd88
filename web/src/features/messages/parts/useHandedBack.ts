import { useEffect } from 'react';
import type { Id } from '@/api/types';
import { subscribeToHandedBack, takeHandedBack } from '@/realtime/handedBack';
import type { Rewritten } from './useRewriting';

/** Takes what comes back into this conversation from elsewhere. */
export function useHandedBack(channel_id: Id, topic_id: Id | null, onTaken: (taken: Rewritten) => void): void {
  useEffect(() => {
    const take = () => {
      const taken = takeHandedBack(channel_id, topic_id);
      if (taken) onTaken(taken);
    };
    take();
    return subscribeToHandedBack(take);
  }, [channel_id, topic_id, onTaken]);
}
