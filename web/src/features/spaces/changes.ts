/** Everything a person can change about places. Each puts the server's answer into the snapshot at once; the event that
 *  follows finds it there. */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Brought, ChannelKind, ChannelRole, ChannelRow, ChannelView, Id, Space, SpaceKind, SpaceRole } from '@/api/types';
import { findStart, updateRow } from '@/realtime/start';
import { dropChannel, dropSpace, putChannel, putSpace } from './cache';
import type { Move } from './model';

export type SpaceDraft = { name: string; kind: SpaceKind; description: string; open: boolean };
export type SpaceChange = Partial<Pick<Space, 'name' | 'description' | 'open' | 'archived'>>;
export type ChannelDraft = { name: string; kind: Exclude<ChannelKind, 'direct'>; description: string };
export type ChannelChange = Partial<Pick<ChannelRow, 'name' | 'description' | 'archived' | 'slow_s'>>;
export type Preference = Partial<Pick<ChannelRow, 'favourite'>>;

export function useCreateSpace() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (draft: SpaceDraft) => api.post<Space>('/api/spaces', draft),
    onSuccess: async (space) => {
      putSpace(cache, space);
      // Its channel "general" came with it.
      const { items } = await api.get<{ items: ChannelView[] }>(`/api/spaces/${space.id}/channels`);
      await Promise.all(items.map((channel) => putChannel(cache, channel)));
    },
  });
}

export function useChangeSpace(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: SpaceChange) => api.patch<Space>(`/api/spaces/${id}`, change),
    onSuccess: (space) => putSpace(cache, space),
  });
}

export function useJoinSpace() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.post<void>(`/api/spaces/${id}/join`),
    onSuccess: () => Promise.all(['start', 'spaces', 'space'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useLeaveSpace() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.post<void>(`/api/spaces/${id}/leave`),
    onSuccess: (_, id) => dropSpace(cache, id),
  });
}

export function useSpaceMember(spaceId: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ person, role }: { person: Id; role: SpaceRole | null }) =>
      role ? api.put<void>(`/api/spaces/${spaceId}/members/${person}`, { role }) : api.del(`/api/spaces/${spaceId}/members/${person}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['space', spaceId, 'members'] }),
  });
}

export function useCreateChannel(spaceId: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (draft: ChannelDraft) => api.post<ChannelView>(`/api/spaces/${spaceId}/channels`, draft),
    onSuccess: (row) => putChannel(cache, row),
  });
}

export function useStartDirect() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (people: Id[]) => api.post<ChannelView>('/api/directs', { people }),
    onSuccess: (row) => putChannel(cache, row),
  });
}

export function useChangeChannel(id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: ChannelChange) => api.patch<ChannelView>(`/api/channels/${id}`, change),
    onSuccess: (row) => putChannel(cache, row),
  });
}

export function useJoinChannel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.post<ChannelView>(`/api/channels/${id}/join`),
    onSuccess: (row) => putChannel(cache, row),
  });
}

export function useLeaveChannel() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.post<void>(`/api/channels/${id}/leave`),
    onSuccess: (_, id) => dropChannel(cache, id),
  });
}

export function useChannelMember(channelId: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ person, role }: { person: Id; role: ChannelRole | null }) =>
      role
        ? api.put<void>(`/api/channels/${channelId}/members/${person}`, { role })
        : api.del(`/api/channels/${channelId}/members/${person}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['channel-members', channelId] }),
  });
}

/** Brings everybody of a group in at once; gives how many came. */
export function useBringGroup(place: { channel: Id } | { space: Id }) {
  const cache = useQueryClient();
  const path = 'channel' in place ? `/api/channels/${place.channel}` : `/api/spaces/${place.space}`;
  return useMutation({
    mutationFn: (group: Id) => api.put<Brought>(`${path}/groups/${group}`, {}),
    onSuccess: () =>
      cache.invalidateQueries({ queryKey: 'channel' in place ? ['channel-members', place.channel] : ['space', place.space, 'members'] }),
  });
}

/** Shown at once, taken back if the server refuses. */
export function usePreference() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...preference }: Preference & { id: Id }) => api.put<void>(`/api/channels/${id}/preference`, preference),
    onMutate: ({ id, ...preference }) => {
      const before = findRow(cache, id);
      updateRow(cache, id, (row) => ({ ...row, ...preference }));
      return before;
    },
    onError: (_error, { id }, before) => before && updateRow(cache, id, () => before),
  });
}

export function useMoveChannels() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (moves: Move[]) =>
      Promise.all(moves.map(({ id, position }) => api.put<void>(`/api/channels/${id}/preference`, { position }))),
    onMutate: (moves) => {
      for (const { id, position } of moves) updateRow(cache, id, (row) => ({ ...row, position }));
    },
    onError: () => cache.invalidateQueries({ queryKey: ['start'] }),
  });
}

function findRow(cache: QueryClient, id: Id): ChannelRow | undefined {
  return findStart(cache)?.channels.find((row) => row.id === id);
}
