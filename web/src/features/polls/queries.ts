/** Polls: one, and the acts on it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, PollRequest, PollView } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { useMe } from '@/realtime/start';
import { pollKey } from './keys';
import { afterChange, withVote } from './model';

export function usePoll(channel_id: Id, poll_id: Id) {
  const me_id = useMe()?.id ?? '';
  return useQuery({
    queryKey: pollKey(channel_id, poll_id),
    queryFn: async ({ client, signal }) => {
      const known = recentEvents.after(channel_id, 0)?.at(-1)?.seq ?? 0;
      const view = await api.get<PollView>(`/api/channels/${channel_id}/polls/${poll_id}`, {}, { signal });
      putPeople(client, view.people);
      // What came while the answer was on its way may be newer than it; what is newer than both is still to come.
      const missed = (recentEvents.after(channel_id, known) ?? []).filter((event) => event.kind === 'poll.changed');
      const last = missed.findLast((event) => event.body.poll_id === poll_id);
      return last ? afterChange(view, last.body, me_id) : view;
    },
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useVote(channel_id: Id, poll_id: Id) {
  const cache = useQueryClient();
  const me_id = useMe()?.id ?? '';
  const key = pollKey(channel_id, poll_id);
  return useMutation({
    mutationFn: (options: number[]) => api.put<PollView>(`/api/channels/${channel_id}/polls/${poll_id}/vote`, { options }),
    onMutate: (options) => {
      const before = cache.getQueryData<PollView>(key);
      if (before) cache.setQueryData<PollView>(key, withVote(before, options, me_id));
      return before;
    },
    onSuccess: (view) => cache.setQueryData(key, view),
    onError: (_error, _options, before) => before && cache.setQueryData(key, before),
  });
}

export function useClosePoll(channel_id: Id, poll_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<PollView>(`/api/channels/${channel_id}/polls/${poll_id}/close`),
    onSuccess: (view) => cache.setQueryData(pollKey(channel_id, poll_id), view),
  });
}

export function useAsk(channel_id: Id) {
  return useMutation({
    mutationFn: (request: PollRequest) => api.post<PollView>(`/api/channels/${channel_id}/polls`, request, { carriesId: true }),
  });
}
