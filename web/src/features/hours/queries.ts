/** My hours, those of others as they may be known, and what holds in the workspace. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Holiday, HoursPreview, HoursView, Id, OwnHours, PersonHours, Region, TimePolicy } from '@/api/types';
import { hoursKey, personHoursKey, policyKey } from './keys';

const MINUTE_MS = 60_000;

export function useHours() {
  return useQuery({ queryKey: hoursKey, queryFn: ({ signal }) => api.get<HoursView>('/api/hours', {}, { signal }), staleTime: 5 * MINUTE_MS });
}

function useKeep<Change>(mutationFn: (change: Change) => Promise<HoursView>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn, onSuccess: (view) => cache.setQueryData(hoursKey, view) });
}

export function useSaveHours() {
  return useKeep((change: { hours: OwnHours; revision: number }) => api.put<HoursView>('/api/hours', change));
}

export function useBeginFocus() {
  return useKeep((minutes: number) => api.put<HoursView>('/api/hours/focus', { minutes }));
}

export function useEndFocus() {
  return useKeep((_: void) => api.del<HoursView>('/api/hours/focus'));
}

export function usePreview(hours: OwnHours, weekday: number, minute: number) {
  return useQuery({
    queryKey: ['hours-preview', hours, weekday, minute],
    queryFn: ({ signal }) => api.post<HoursPreview>('/api/hours/preview', { hours, weekday, minute }, { signal }),
    placeholderData: (before) => before,
    staleTime: MINUTE_MS,
    gcTime: MINUTE_MS,
    retry: false,
  });
}

/** When somebody usually answers. From what they declared, so a minute of age does not matter. */
export function usePersonHours(person_id: Id) {
  return useQuery({
    queryKey: personHoursKey(person_id),
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: PersonHours[] }>('/api/hours/people', { ids: person_id }, { signal });
      return items[0] ?? null;
    },
    staleTime: MINUTE_MS,
  });
}

/** The same of several, in one question. */
export function usePeopleHours(person_ids: readonly Id[]) {
  const ids = [...person_ids].sort().join(',');
  return useQuery({
    queryKey: ['hours', 'of-all', ids],
    queryFn: ({ signal }) => api.get<{ items: PersonHours[] }>('/api/hours/people', { ids }, { signal }).then(({ items }) => items),
    staleTime: MINUTE_MS,
    enabled: ids !== '',
  });
}

export function useRegions() {
  return useQuery({
    queryKey: ['holiday-regions'],
    queryFn: ({ signal }) => api.get<{ items: Region[] }>('/api/holiday-regions', {}, { signal }).then(({ items }) => items),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useHolidays(region: string | null, year: number) {
  return useQuery({
    queryKey: ['holidays', region, year],
    queryFn: ({ signal }) => api.get<{ items: Holiday[] }>('/api/holidays', { region, year }, { signal }).then(({ items }) => items),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: region !== null,
  });
}

export function usePolicy() {
  return useQuery({ queryKey: policyKey, queryFn: ({ signal }) => api.get<TimePolicy>('/api/time-policy', {}, { signal }), staleTime: 5 * MINUTE_MS });
}

export function useSavePolicy() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (policy: TimePolicy) => api.put<TimePolicy>('/api/time-policy', policy),
    onSuccess: (policy) => {
      cache.setQueryData(policyKey, policy);
      void cache.invalidateQueries({ queryKey: hoursKey });
    },
  });
}
