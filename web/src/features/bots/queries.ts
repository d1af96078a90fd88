import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Delivery, Hooks, Id } from '@/api/types';

export const hooksQuery = (channelId: Id) =>
  queryOptions({
    queryKey: ['hooks', channelId],
    queryFn: ({ signal }) => api.get<Hooks>(`/api/channels/${channelId}/hooks`, {}, { signal }),
    staleTime: 0,
    // Whoever has this open is trying a hook out.
    refetchInterval: 5_000,
  });

export const deliveriesQuery = (channelId: Id, hookId: Id) =>
  queryOptions({
    queryKey: ['hooks', channelId, hookId],
    queryFn: ({ signal }) => api.get<{ items: Delivery[] }>(`/api/channels/${channelId}/hooks/outgoing/${hookId}/deliveries`, {}, { signal }),
    select: (answer) => answer.items,
    staleTime: 0,
    // It is looked at while something is tried out.
    refetchInterval: 2_000,
  });
