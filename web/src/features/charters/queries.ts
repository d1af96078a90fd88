/** What is expected in a place. Events keep it true. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Charter, CharterPage, CharterView, Id } from '@/api/types';

/** A place that has a charter, by its address. */
export type CharterPath = '/api/charter' | `/api/spaces/${Id}/charter` | `/api/channels/${Id}/charter` | `/api/channels/${Id}/topics/${Id}/charter`;

export function useCharter(path: CharterPath) {
  return useQuery({
    queryKey: ['charter', path],
    queryFn: ({ signal }) => api.get<CharterView>(path, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useChangeCharter(path: CharterPath) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: { charter: Charter; version: number }) => api.put<CharterView>(path, change),
    onSuccess: (view) => cache.setQueryData(['charter', path], view),
    onSettled: () => cache.invalidateQueries({ queryKey: ['charter'] }),
  });
}

export function useCharterPage() {
  return useQuery({ queryKey: ['charter', 'page'], queryFn: ({ signal }) => api.get<CharterPage>('/api/charters', {}, { signal }) });
}
