/** The guest links of a channel, and what can be done with them. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { GuestLink, Id, NewGuestLink } from '@/api/types';

const pathOf = (channelId: Id) => `/api/channels/${channelId}/guest-links`;

export const guestLinksQuery = (channelId: Id) =>
  queryOptions({
    queryKey: ['guest-links', channelId],
    queryFn: ({ signal }) => api.get<{ items: GuestLink[] }>(pathOf(channelId), {}, { signal }),
    select: (answer) => answer.items,
    staleTime: 0,
    // Whoever has this open waits for guests.
    refetchInterval: 10_000,
  });

export function useMakeLink(channelId: Id) {
  return useMutation({
    mutationFn: (link: NewGuestLink) => api.post<GuestLink>(pathOf(channelId), link),
    onSuccess: useRefresh(channelId),
  });
}

export function useExtendLink(channelId: Id, linkId: Id) {
  return useMutation({
    mutationFn: (expires_in_s: number) => api.patch<void>(`${pathOf(channelId)}/${linkId}`, { expires_in_s }),
    onSuccess: useRefresh(channelId),
  });
}

export function useEndLink(channelId: Id, linkId: Id) {
  return useMutation({
    mutationFn: () => api.del(`${pathOf(channelId)}/${linkId}`),
    onSuccess: useRefresh(channelId),
  });
}

function useRefresh(channelId: Id): () => Promise<unknown> {
  const cache = useQueryClient();
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: ['guest-links', channelId] }),
      cache.invalidateQueries({ queryKey: ['channel-members', channelId] }),
    ]);
}
