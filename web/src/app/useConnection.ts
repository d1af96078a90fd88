import { useSyncExternalStore } from 'react';
import { connectionState, subscribeLive } from '@/realtime/live';

/** How the line to the server stands, for a component. */
export function useConnection() {
  return useSyncExternalStore(subscribeLive, connectionState);
}
