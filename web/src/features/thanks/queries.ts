/** Thanks: whom a message thanks, what a week gathers, and where. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Gathering, Id, NewThanks, ThanksPlace, ThanksView } from '@/api/types';
import { putPeople } from '@/realtime/people';

export function useThanks(channel_id: Id, message_id: Id) {
  return useQuery({
    queryKey: ['thanks', channel_id, message_id],
    queryFn: async ({ client, signal }) => {
      const view = await api.get<ThanksView>(`/api/channels/${channel_id}/thanks/${message_id}`, {}, { signal });
      putPeople(client, view.people);
      return view;
    },
    // Whom it thanks does not change.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useGathering(channel_id: Id, message_id: Id) {
  return useQuery({
    queryKey: ['thanks', 'gathering', channel_id, message_id],
    queryFn: async ({ client, signal }) => {
      const gathering = await api.get<Gathering>(`/api/channels/${channel_id}/gatherings/${message_id}`, {}, { signal });
      putPeople(client, gathering.people);
      return gathering;
    },
    // What was taken back since is gone at the next look.
    staleTime: 60_000,
  });
}

export function useGive(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (thanks: NewThanks) => api.post<ThanksView>(`/api/channels/${channel_id}/thanks`, thanks, { carriesId: true }),
    onSuccess: (view) => {
      putPeople(cache, view.people);
      cache.setQueryData(['thanks', channel_id, view.thanks.message_id], view);
    },
  });
}

export function useThanksPlace(space_id: Id) {
  return useQuery({
    queryKey: ['thanks', 'place', space_id],
    queryFn: ({ signal }) => api.get<ThanksPlace>(`/api/spaces/${space_id}/thanks-place`, {}, { signal }),
  });
}

export function useChoosePlace(space_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (choice: { channel_id: Id | null; title: string }) => api.put<ThanksPlace>(`/api/spaces/${space_id}/thanks-place`, choice),
    onSuccess: (place) => cache.setQueryData(['thanks', 'place', space_id], place),
  });
}
