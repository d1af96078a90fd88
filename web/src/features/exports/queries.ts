/** Exports of the whole workspace, as the server tells them. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { WorkspaceExport } from '@/api/types';

/** How often it is asked how far one is. */
const everyMs = 1_000;

export const exportsQuery = queryOptions({
  queryKey: ['workspace-exports'],
  queryFn: ({ signal }) => api.get<{ items: WorkspaceExport[] }>('/api/workspace/exports', {}, { signal }),
  staleTime: 0,
  refetchInterval: ({ state }) => (state.data?.items.some((each) => each.state === 'running') ? everyMs : false),
});

export function useStartExport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<WorkspaceExport>('/api/workspace/exports'),
    onSettled: () => cache.invalidateQueries({ queryKey: exportsQuery.queryKey }),
  });
}
