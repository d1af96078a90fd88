/** What I let come back by itself, and the questions that came. Events keep both true. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CheckIn, Id, Message, NewRoutine, Rhythm, Routine, RoutineList } from '@/api/types';
import { checkInKey, routinesKey } from './keys';

export function useRoutines() {
  return useQuery({
    queryKey: routinesKey,
    queryFn: ({ signal }) => api.get<RoutineList>('/api/routines', {}, { signal }).then(({ items }) => items),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The same id again makes no second one. */
export function createRoutine(routine: NewRoutine): Promise<Routine> {
  return api.post<Routine>('/api/routines', routine, { carriesId: true });
}

export type RoutineChange = { id: Id; revision: number; text?: string; everyone_ok?: boolean; rhythm?: Rhythm; paused?: boolean; skip?: boolean };

export function changeRoutine({ id, ...change }: RoutineChange): Promise<Routine> {
  return api.patch<Routine>(`/api/routines/${id}`, change);
}

export function useChangeRoutine() {
  return useMutation({ mutationFn: changeRoutine });
}

export function useEndRoutine() {
  return useMutation({ mutationFn: ({ id }: Routine) => api.del(`/api/routines/${id}`) });
}

export function useCheckIn(channel_id: Id, message_id: Id) {
  return useQuery({
    queryKey: checkInKey(message_id),
    queryFn: ({ signal }) => api.get<CheckIn>(`/api/channels/${channel_id}/check-ins/${message_id}`, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSkip(channel_id: Id, message_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.put<CheckIn>(`/api/channels/${channel_id}/check-ins/${message_id}/skip`, {}),
    onSuccess: (view) => cache.setQueryData(checkInKey(message_id), view),
  });
}

/** Whoever writes in the topic of a question has answered it. */
export function useAnswer(channel_id: Id, message_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (answer: { id: Id; topic_id: Id; text: string }) => api.post<Message>(`/api/channels/${channel_id}/messages`, answer, { carriesId: true }),
    onSuccess: () => cache.invalidateQueries({ queryKey: checkInKey(message_id) }),
  });
}
