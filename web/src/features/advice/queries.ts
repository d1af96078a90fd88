/** What conversations take, and how something is best said. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Advice, HintShown, Id, TalkTiming } from '@/api/types';
import { timingKey } from './keys';

const MINUTE_MS = 60_000;

export function useTiming(channel_id: Id, topic_id: Id | null) {
  return useQuery({
    queryKey: timingKey(channel_id, topic_id),
    queryFn: ({ signal }) => api.get<TalkTiming>(`/api/channels/${channel_id}/timing`, topic_id ? { topic_id } : {}, { signal }),
    staleTime: 5 * MINUTE_MS,
  });
}

/** That a hint stood there is told quietly: lost, it is only shown once more. */
export function tellShown(channel_id: Id, topic_id: Id | null): void {
  api.put<void>(`/api/channels/${channel_id}/hint`, { topic_id, dismissed: false } satisfies HintShown).catch(() => undefined);
}

export function useDismiss(channel_id: Id, topic_id: Id | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.put<void>(`/api/channels/${channel_id}/hint`, { topic_id, dismissed: true } satisfies HintShown),
    onMutate: () =>
      cache.setQueryData<TalkTiming>(timingKey(channel_id, topic_id), (known) => (known ? { ...known, hint: null } : known)),
  });
}

export type Answers = { purpose: string; urgency: string; nature: string };

export function useAdvice(channel_id: Id, topic_id: Id | null, answers: Answers | null) {
  return useQuery({
    queryKey: ['advice', channel_id, topic_id, answers],
    queryFn: ({ signal }) =>
      api.get<Advice>(`/api/channels/${channel_id}/advice`, { ...answers, ...(topic_id && { topic_id }) }, { signal }),
    enabled: answers !== null,
    placeholderData: (before) => before,
    staleTime: MINUTE_MS,
  });
}
