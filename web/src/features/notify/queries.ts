/** What waits to be told to me, and what of mine waits for others. */
import { useQuery, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { HeldMessages, HeldNotices, Id } from '@/api/types';
import { heldMessagesKey, noticesKey } from './keys';

const MINUTE_MS = 60_000;

export function useNotices() {
  return useQuery({ queryKey: noticesKey, queryFn: ({ signal }) => api.get<HeldNotices>('/api/notices', {}, { signal }), staleTime: 5 * MINUTE_MS });
}

export function findNotices(cache: QueryClient): HeldNotices | undefined {
  return cache.getQueryData(noticesKey);
}

/** Events keep it true. */
export function useHeldMessages(channel_id: Id) {
  return useQuery({
    queryKey: heldMessagesKey(channel_id),
    queryFn: ({ signal }) => api.get<HeldMessages>(`/api/channels/${channel_id}/held`, {}, { signal }),
    staleTime: 5 * MINUTE_MS,
  });
}

/** This is the device that I use now. Missed, it is said again at the next touch. */
export async function claimDevice(cache: QueryClient): Promise<void> {
  await api.put('/api/notices/device', {});
  cache.setQueryData<HeldNotices>(noticesKey, (known) => known && { ...known, device_in_use: known.session_id });
}

/** Nobody need write me a letter about it. */
export function tellShown(message_ids: readonly Id[]): void {
  void api.post('/api/notices/shown', { message_ids }).catch(() => undefined);
}
