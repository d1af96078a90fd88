import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AuditPage, Health, LiveRooms, PersonRoomPage, PlaceRoomPage, Setting, Settings, SpaceRoomPage, StorageSummary } from '@/api/types';
import { queryOf, type Filter } from './model';

export const auditQuery = (filter: Filter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<AuditPage>('/api/audit', { ...queryOf(filter, Date.now() * 1000), before: pageParam }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    placeholderData: (previous) => previous,
    staleTime: 0,
  });

export const healthQuery = queryOptions({
  queryKey: ['health', 'checks'],
  queryFn: ({ signal }) => api.get<Health>('/api/health', {}, { signal }),
  staleTime: 0,
});

/** Looked at again as often as the rooms are, for as long as somebody looks. */
export const liveRoomsQuery = queryOptions({
  queryKey: ['health', 'live'],
  queryFn: ({ signal }) => api.get<LiveRooms>('/api/live/rooms', {}, { signal }),
  staleTime: 0,
  refetchInterval: 5_000,
});

export const storageQuery = queryOptions({
  queryKey: ['storage'],
  queryFn: ({ signal }) => api.get<StorageSummary>('/api/storage', {}, { signal }),
  staleTime: 0,
});

export const spaceRoomQuery = infiniteQueryOptions({
  queryKey: ['storage', 'spaces'],
  queryFn: ({ pageParam, signal }) => api.get<SpaceRoomPage>('/api/storage/spaces', { before: pageParam }, { signal }),
  initialPageParam: firstPage(),
  getNextPageParam: (page) => page.next,
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const placeRoomQuery = infiniteQueryOptions({
  queryKey: ['storage', 'places'],
  queryFn: ({ pageParam, signal }) => api.get<PlaceRoomPage>('/api/storage/places', { before: pageParam }, { signal }),
  initialPageParam: firstPage(),
  getNextPageParam: (page) => page.next,
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const personRoomQuery = infiniteQueryOptions({
  queryKey: ['storage', 'people'],
  queryFn: ({ pageParam, signal }) => api.get<PersonRoomPage>('/api/storage/people', { before: pageParam }, { signal }),
  initialPageParam: firstPage(),
  getNextPageParam: (page) => page.next,
  select: (data) => data.pages.flatMap((page) => page.items),
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get<Settings>('/api/settings', {}, { signal }),
  staleTime: 0,
});

export function useChangeSetting() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ name, value }: Pick<Setting, 'name' | 'value'>) => api.put<Setting>(`/api/settings/${name}`, { value }),
    onSuccess: () =>
      Promise.all([settingsQuery.queryKey, storageQuery.queryKey].map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
}

function firstPage(): string | null {
  return null;
}
