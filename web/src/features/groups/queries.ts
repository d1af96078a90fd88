import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { GroupView, Id, PersonPage } from '@/api/types';

const PAGE = 100;

export const groupsQuery = queryOptions({
  queryKey: ['groups', 'all'],
  queryFn: ({ signal }) => api.get<{ items: GroupView[] }>('/api/groups', {}, { signal }),
  select: ({ items }) => items,
});

export const spaceGroupsQuery = (space: Id) =>
  queryOptions({
    queryKey: ['groups', 'in', space],
    queryFn: ({ signal }) => api.get<{ items: GroupView[] }>('/api/groups', { space }, { signal }),
    select: ({ items }) => items,
  });

/** The key is that of `realtime/groups`: my own are asked for there as well. */
export const personGroupsQuery = (person: Id) =>
  queryOptions({
    queryKey: ['groups', 'of', person],
    queryFn: ({ signal }) => api.get<{ items: GroupView[] }>('/api/groups', { person }, { signal }),
    select: ({ items }) => items,
  });

export const groupQuery = (id: Id) =>
  queryOptions({
    queryKey: ['group', id],
    queryFn: ({ signal }) => api.get<GroupView>(`/api/groups/${id}`, {}, { signal }),
  });

export const groupMembersQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ['group', id, 'members'],
    queryFn: ({ pageParam, signal }) => api.get<PersonPage>(`/api/groups/${id}/members`, { before: pageParam, limit: PAGE }, { signal }),
    initialPageParam: null as Id | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
