/** Putting conversations in order. The events that follow change what is on the screen. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, Moved, MoveMessages, Topic, TopicFilter, TopicOverview } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { keys } from './keys';

const PAGE = 50;

export function useMove(channel_id: Id) {
  return useMutation({
    mutationFn: (order: MoveMessages) => api.post<Moved>(`/api/channels/${channel_id}/moves`, order),
  });
}

export function useMerge(channel_id: Id, topic_id: Id) {
  return useMutation({
    mutationFn: (into_id: Id) => api.post<Topic>(`/api/channels/${channel_id}/topics/${topic_id}/merge`, { into_id }),
  });
}

/** Topics of all my channels. */
export function useTopicOverview(filter: TopicFilter) {
  return useInfiniteQuery({
    queryKey: keys.overview(filter),
    queryFn: async ({ client, pageParam, signal }) => {
      const page = await api.get<TopicOverview>('/api/topics', { filter, after: pageParam, limit: PAGE }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as Id | null,
    getNextPageParam: (page) => page.next,
  });
}
