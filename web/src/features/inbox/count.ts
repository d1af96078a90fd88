/** How much needs me, for the rail. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, InboxCount } from '@/api/types';
import { inboxKeys } from './keys';

/** As the inbox says it. `n_calls` is what the device knows itself: the server is asked only when that changes, or an ask or
 *  something urgent moves, and not for what is said by the way. */
export function useNeedsYou(me_id: Id, n_calls: number): number {
  const { data } = useQuery({
    queryKey: [...inboxKeys.count, me_id, n_calls],
    queryFn: ({ signal }) => api.get<InboxCount>('/api/inbox/count', {}, { signal }),
    placeholderData: keepPreviousData,
    // The same number of calls at another time is no answer.
    gcTime: 0,
  });
  return data?.n_needs_you ?? n_calls;
}
