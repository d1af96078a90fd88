import { useSyncExternalStore } from 'react';
import { savesData, subscribeToDataUse } from '@/lib/dataUse';

export function useSavesData(): boolean {
  return useSyncExternalStore(subscribeToDataUse, savesData);
}
