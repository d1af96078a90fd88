/**
 * The groups this browser has heard of: their names, one cache entry each as for people, and in which of them I am. Asked for
 * only where a message names a group.
 */
import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { GroupName, GroupView, Id } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { findStart } from '@/realtime/start';

export const groupNameQuery = (id: Id) =>
  queryOptions({
    queryKey: ['group-name', id],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: GroupView[] }>('/api/groups', { ids: id }, { signal });
      return items[0] ? nameOf(items[0]) : null;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

const myGroupsQuery = (me_id: Id) =>
  queryOptions({
    queryKey: ['groups', 'of', me_id],
    queryFn: ({ signal }) => api.get<{ items: GroupView[] }>('/api/groups', { person: me_id }, { signal }),
    select: ({ items }) => items.map(({ id }) => id),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The group's names; `null` for one that I may not see, `undefined` while unknown. */
export function useGroupName(id: Id): GroupName | null | undefined {
  return useQuery(groupNameQuery(id)).data;
}

export function useIsMyGroup(id: Id, me_id: Id): boolean {
  return useQuery(myGroupsQuery(me_id)).data?.includes(id) ?? false;
}

/** As far as it is known: where no message named a group it was not asked for. */
export function findMyGroups(cache: QueryClient, me_id: Id): Id[] {
  return cache.getQueryData(myGroupsQuery(me_id).queryKey)?.items.map(({ id }) => id) ?? [];
}

export function putGroupNames(cache: QueryClient, groups: readonly GroupName[] = []): void {
  for (const group of groups) cache.setQueryData(groupNameQuery(group.id).queryKey, nameOf(group));
}

function nameOf({ id, handle, title }: GroupName): GroupName {
  return { id, handle, title };
}

/** Those of an event, which may be older than what is known. */
export function addGroupNames(cache: QueryClient, groups: readonly GroupName[] = []): void {
  putGroupNames(cache, groups.filter(({ id }) => !findGroupName(cache, id)));
}

export function findGroupName(cache: QueryClient, id: Id): GroupName | null | undefined {
  return cache.getQueryData(groupNameQuery(id).queryKey);
}

export const groupEvents: EventTable = {
  'group.changed': (cache, { body }) => {
    putGroupNames(cache, [body.group]);
    readAgain(cache);
  },
  'group.members_changed': (cache, { body }) => {
    void cache.invalidateQueries({ queryKey: ['group', body.group_id] });
    const me_id = findStart(cache)?.me.id;
    if (me_id && [...body.joined, ...body.left].includes(me_id)) readAgain(cache);
    else void cache.invalidateQueries({ queryKey: ['groups'], predicate: ({ queryKey }) => queryKey[2] !== me_id });
  },
  'group.removed': readAgain,
};

function readAgain(cache: QueryClient): void {
  for (const key of ['groups', 'group', 'channel-groups']) void cache.invalidateQueries({ queryKey: [key] });
}
