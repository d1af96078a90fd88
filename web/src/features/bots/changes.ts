/** Everything that can be changed about hooks. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChangeOutgoing, Id, IncomingMade, NewIncoming, NewOutgoing, OutgoingHook, OutgoingMade } from '@/api/types';

export function useMakeIncoming(channelId: Id) {
  return useMutation({
    mutationFn: (hook: NewIncoming) => api.post<IncomingMade>(`/api/channels/${channelId}/hooks/incoming`, hook),
    onSuccess: useRefresh(channelId),
  });
}

export function useMakeOutgoing(channelId: Id) {
  return useMutation({
    mutationFn: (hook: NewOutgoing) => api.post<OutgoingMade>(`/api/channels/${channelId}/hooks/outgoing`, hook),
    onSuccess: useRefresh(channelId),
  });
}

export function useChangeOutgoing(channelId: Id, hookId: Id) {
  return useMutation({
    mutationFn: (change: ChangeOutgoing) => api.patch<OutgoingHook>(`/api/channels/${channelId}/hooks/outgoing/${hookId}`, change),
    onSuccess: useRefresh(channelId),
  });
}

export function useRemoveHook(channelId: Id, way: 'incoming' | 'outgoing') {
  return useMutation({
    mutationFn: (hookId: Id) => api.del(`/api/channels/${channelId}/hooks/${way}/${hookId}`),
    onSuccess: useRefresh(channelId),
  });
}

export function useSendAgain(channelId: Id, hookId: Id) {
  return useMutation({
    mutationFn: (delivery: Id) => api.post<void>(`/api/channels/${channelId}/hooks/outgoing/${hookId}/deliveries/${delivery}/again`),
    onSuccess: useRefresh(channelId),
  });
}

function useRefresh(channelId: Id): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: ['hooks', channelId] });
}
