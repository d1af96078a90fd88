/** "Good time?", in a conversation of two. Events keep it true. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AnswerKnock, Id, Knock, KnockView } from '@/api/types';
import { uuidv7 } from '@/lib/uuidv7';
import { knockKey } from './keys';

const pathOf = (channel_id: Id) => `/api/channels/${channel_id}/knock`;

export function useKnock(channel_id: Id, isWanted: boolean) {
  return useQuery({
    queryKey: knockKey(channel_id),
    queryFn: ({ signal }) => api.get<KnockView>(pathOf(channel_id), {}, { signal }),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useAskTime(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<Knock>(pathOf(channel_id), { id: uuidv7() }, { carriesId: true }),
    onSuccess: (knock) => cache.setQueryData<KnockView>(knockKey(channel_id), { knock }),
  });
}

export function useAnswerTime(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (said: AnswerKnock) => api.put<Knock>(`${pathOf(channel_id)}/answer`, said),
    onSuccess: (knock) => cache.setQueryData<KnockView>(knockKey(channel_id), { knock }),
  });
}

export function useTakeBack(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.del<void>(pathOf(channel_id)),
    onSettled: () => cache.invalidateQueries({ queryKey: knockKey(channel_id) }),
  });
}
