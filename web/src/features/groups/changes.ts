/** Everything a person can change about groups. The event that follows says the same to everybody. */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChangeGroup, GroupView, Id, NewGroup } from '@/api/types';
import { putGroupNames } from '@/realtime/groups';
import { groupQuery } from './queries';

export function useCreateGroup() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (group: NewGroup) => api.post<GroupView>('/api/groups', group),
    onSuccess: (group) => put(cache, group),
  });
}

export function useChangeGroup(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: ChangeGroup) => api.patch<GroupView>(`/api/groups/${id}`, change),
    onSuccess: (group) => put(cache, group),
  });
}

export function useRemoveGroup(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.del(`/api/groups/${id}`),
    onSuccess: () => {
      cache.removeQueries({ queryKey: ['group', id] });
      return cache.invalidateQueries({ queryKey: ['groups'] });
    },
  });
}

export function useJoinGroup(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (joins: boolean) => api.post<unknown>(`/api/groups/${id}/${joins ? 'join' : 'leave'}`, {}),
    onSuccess: () => readAgain(cache, id),
  });
}

export function useAddMembers(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (people: Id[]) => api.post<GroupView>(`/api/groups/${id}/members`, { people }),
    onSuccess: () => readAgain(cache, id),
  });
}

export function useRemoveMember(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (person: Id) => api.del(`/api/groups/${id}/members/${person}`),
    onSuccess: () => readAgain(cache, id),
  });
}

function put(cache: QueryClient, group: GroupView): Promise<void> {
  putGroupNames(cache, [group]);
  cache.setQueryData(groupQuery(group.id).queryKey, group);
  return cache.invalidateQueries({ queryKey: ['groups'] });
}

async function readAgain(cache: QueryClient, id: Id): Promise<void> {
  await Promise.all([cache.invalidateQueries({ queryKey: ['group', id] }), cache.invalidateQueries({ queryKey: ['groups'] })]);
}
