/** Questions when people can: what I ask and am asked. Events keep them true. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AnswerTimePoll, Id, NewTimePoll, TimePollList, TimePollView } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { timePollKey, timePollsKey } from './keys';

const MINUTE_MS = 60_000;

export function useTimePolls() {
  return useQuery({
    queryKey: timePollsKey,
    queryFn: async ({ client, signal }) => {
      const list = await api.get<TimePollList>('/api/time-polls', {}, { signal });
      putPeople(client, list.people);
      return list;
    },
    staleTime: MINUTE_MS,
  });
}

export function useTimePoll(id: Id) {
  return useQuery({
    queryKey: timePollKey(id),
    queryFn: async ({ client, signal }) => {
      const view = await api.get<TimePollView>(`/api/time-polls/${id}`, {}, { signal });
      putPeople(client, view.people);
      return view;
    },
    staleTime: MINUTE_MS,
  });
}

function useShown<Request>(mutationFn: (request: Request) => Promise<TimePollView>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (view) => {
      cache.setQueryData(timePollKey(view.poll.id), view);
      return cache.invalidateQueries({ queryKey: timePollsKey, exact: true });
    },
  });
}

export function useAskWhen() {
  return useShown((request: NewTimePoll) => api.post<TimePollView>('/api/time-polls', request, { carriesId: true }));
}

export function useAnswerPoll(id: Id) {
  return useShown((said: AnswerTimePoll) => api.put<TimePollView>(`/api/time-polls/${id}/answer`, said));
}

export function useClosePoll(id: Id) {
  return useShown((_: void) => api.post<TimePollView>(`/api/time-polls/${id}/close`, {}));
}

export function useRemovePollAnswer(id: Id) {
  return useShown((answer: Id) => api.del<TimePollView>(`/api/time-polls/${id}/answers/${answer}`));
}
