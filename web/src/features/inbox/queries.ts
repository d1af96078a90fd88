/** What is new for me, and marking it as read. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CatchUp, Cleared, DecisionPage, Id, Inbox, Undone } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { putPeople } from '@/realtime/people';
import { inboxKeys } from './keys';

export function useInbox(me_id: Id) {
  return useQuery({
    queryKey: inboxKeys.inbox(me_id),
    queryFn: async ({ client, signal }) => {
      const inbox = await api.get<Inbox>('/api/inbox', {}, { signal });
      putPeople(client, inbox.people);
      return inbox;
    },
  });
}

/** Stays as it is while it is read: what came meanwhile waits for the next time. */
export function useCatchUp(me_id: Id, minutes: number) {
  return useQuery({
    queryKey: inboxKeys.catchUp(me_id, minutes),
    queryFn: async ({ client, signal }) => {
      const plan = await api.get<CatchUp>('/api/catch-up', { minutes }, { signal });
      putPeople(client, plan.people);
      return plan;
    },
  });
}

export function useDecisions(space: Id | null) {
  return useInfiniteQuery({
    queryKey: inboxKeys.decisions(space),
    queryFn: async ({ client, pageParam, signal }) => {
      const page = await api.get<DecisionPage>('/api/decisions', { space, before: pageParam }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useClear() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (channels: Id[] | null) => api.post<Cleared>('/api/inbox/clear', { id: uuidv7(), channels }, { carriesId: true }),
    onSettled: () => cache.invalidateQueries({ queryKey: inboxKeys.all }),
  });
}

export function useUndoClear() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (clear: Id) => api.del<Undone>(`/api/inbox/clear/${clear}`),
    onSettled: () => cache.invalidateQueries({ queryKey: inboxKeys.all }),
  });
}
