import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, RemovalPage } from '@/api/types';
import { putPeople } from '@/realtime/people';

const PAGE = 30;

/** Traces of what was removed in the channels that I look after, or in one of them. */
export const removalsQuery = (channel_id: Id | null) =>
  infiniteQueryOptions({
    queryKey: ['moderation', 'removals', channel_id],
    queryFn: async ({ client, pageParam, signal }) => {
      const page = await api.get<RemovalPage>('/api/moderation/removals', { channel: channel_id, before: pageParam, limit: PAGE }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as Id | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
    staleTime: 0,
  });
