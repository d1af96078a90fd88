/** Numbers. They are asked for when the page is opened, and kept nowhere. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { MyNumbers, NumbersPolicy, TeamNumbers } from '@/api/types';

export function useMyNumbers() {
  return useQuery({ queryKey: ['numbers', 'mine'], queryFn: ({ signal }) => api.get<MyNumbers>('/api/numbers/mine', {}, { signal }), gcTime: 0 });
}

export function useTeamNumbers() {
  return useQuery({ queryKey: ['numbers', 'team'], queryFn: ({ signal }) => api.get<TeamNumbers>('/api/numbers/team', {}, { signal }) });
}

export function useRaise() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (k: number) => api.put<NumbersPolicy>('/api/numbers/policy', { k }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['numbers', 'team'] }),
  });
}
