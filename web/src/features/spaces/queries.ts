import { infiniteQueryOptions, queryOptions, useQueries } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChannelMemberPage, ChannelRow, ChannelView, GroupView, Id, Person, PersonPage, Space, SpaceMemberPage } from '@/api/types';
import { personQuery } from '@/realtime/people';

const pageSize = 50;

export const spacesQuery = queryOptions({
  queryKey: ['spaces'],
  queryFn: ({ signal }) => api.get<{ items: Space[] }>('/api/spaces', {}, { signal }),
  select: (answer) => answer.items,
});

export const spaceQuery = (id: Id) =>
  queryOptions({
    queryKey: ['space', id],
    queryFn: ({ signal }) => api.get<Space>(`/api/spaces/${id}`, {}, { signal }),
  });

export const spaceChannelsQuery = (id: Id) =>
  queryOptions({
    queryKey: ['space', id, 'channels'],
    queryFn: ({ signal }) => api.get<{ items: ChannelView[] }>(`/api/spaces/${id}/channels`, {}, { signal }),
    select: (answer) => answer.items,
  });

export const spaceMembersQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ['space', id, 'members'],
    queryFn: ({ pageParam, signal }) =>
      api.get<SpaceMemberPage>(`/api/spaces/${id}/members`, { before: pageParam, limit: pageSize }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

export const channelQuery = (id: Id) =>
  queryOptions({
    queryKey: ['visited-channel', id],
    queryFn: ({ signal }) => api.get<ChannelRow>(`/api/channels/${id}`, {}, { signal }),
  });

export const channelMembersQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: ['channel-members', id],
    queryFn: ({ pageParam, signal }) =>
      api.get<ChannelMemberPage>(`/api/channels/${id}/members`, { before: pageParam, limit: pageSize }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
  });

/** For choosing people; the first page is enough, more letters narrow it. */
export const peopleByNameQuery = (text: string, space?: Id) =>
  queryOptions({
    queryKey: ['people-by-name', text, space],
    queryFn: ({ signal }) => api.get<PersonPage>('/api/people', { query: text, limit: pageSize, space }, { signal }),
    select: (page) => page.items.filter((person) => !person.deactivated),
    placeholderData: (previous) => previous,
  });

/** Groups that could be added at once. */
export const groupsByNameQuery = (text: string) =>
  queryOptions({
    queryKey: ['groups', 'by-name', text],
    queryFn: ({ signal }) => api.get<{ items: GroupView[] }>('/api/groups', { query: text }, { signal }),
    select: ({ items }) => items.filter(({ n_members }) => n_members > 0),
    placeholderData: (previous) => previous,
  });

/** The people of a direct conversation in the given order; strangers are left out until they are known. */
export function usePeople(ids: readonly Id[]): Person[] {
  return useQueries({
    queries: ids.map((id) => personQuery(id)),
    combine: (results) => results.flatMap((result) => (result.data ? [result.data] : [])),
  });
}

function firstPage(): string | null {
  return null;
}
