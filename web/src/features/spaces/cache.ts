/** Changes to the snapshot that both answers and events make. Each is harmless when its effect is already there. */
import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChannelRow, ChannelView, Id, Space } from '@/api/types';
import { findStart, updateRow, updateStart } from '@/realtime/start';

/** The answer to an act knows the channel, but not what is unread in it: that stays as it is, or is asked for. */
export async function putChannel(cache: QueryClient, view: ChannelView): Promise<void> {
  if (view.space_id) void cache.invalidateQueries({ queryKey: ['space', view.space_id, 'channels'] });
  if (!view.is_member) return dropChannel(cache, view.id);
  const isKnown = findStart(cache)?.channels.some((row) => row.id === view.id);
  if (!isKnown) addRow(cache, await api.get<ChannelRow>(`/api/channels/${view.id}`));
  updateRow(cache, view.id, (row) => ({ ...row, ...view }));
}

function addRow(cache: QueryClient, added: ChannelRow): void {
  updateStart(cache, (start) => {
    const others = start.channels.filter((row) => row.id !== added.id);
    return { ...start, channels: [...others, added] };
  });
}

export function dropChannel(cache: QueryClient, id: Id): void {
  const row = findStart(cache)?.channels.find((other) => other.id === id);
  updateStart(cache, (start) => ({ ...start, channels: start.channels.filter((other) => other.id !== id) }));
  cache.removeQueries({ queryKey: ['channel-members', id] });
  if (row?.space_id) void cache.invalidateQueries({ queryKey: ['space', row.space_id, 'channels'] });
}

export function putSpace(cache: QueryClient, space: Space): void {
  updateStart(cache, (start) => {
    const others = start.spaces.filter((other) => other.id !== space.id);
    return { ...start, spaces: space.my_role ? [...others, space] : others };
  });
  cache.setQueryData(['space', space.id], space);
  void cache.invalidateQueries({ queryKey: ['spaces'] });
}

export function dropSpace(cache: QueryClient, id: Id): void {
  updateStart(cache, (start) => ({
    ...start,
    spaces: start.spaces.filter((space) => space.id !== id),
    channels: start.channels.filter((row) => row.space_id !== id),
  }));
  void cache.invalidateQueries({ queryKey: ['spaces'] });
  void cache.invalidateQueries({ queryKey: ['space', id] });
}

export function changeSpace(cache: QueryClient, id: Id, change: (space: Space) => Space): void {
  updateStart(cache, (start) => ({ ...start, spaces: start.spaces.map((space) => (space.id === id ? change(space) : space)) }));
  cache.setQueryData(['space', id], (space: Space | undefined) => space && change(space));
}

export function setMemberCount(cache: QueryClient, channelId: Id, n_members: number): void {
  updateRow(cache, channelId, (row) => (row.n_members === n_members ? row : { ...row, n_members }));
  void cache.invalidateQueries({ queryKey: ['channel-members', channelId] });
}
