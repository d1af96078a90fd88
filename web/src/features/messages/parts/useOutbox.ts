import { useSyncExternalStore } from 'react';
import { outboxItems, subscribeLive } from '@/realtime/live';

/** What waits to be sent, for a component. */
export function useOutbox() {
  return useSyncExternalStore(subscribeLive, outboxItems);
}
