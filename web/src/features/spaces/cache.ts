/** Changes to the snapshot that both answers and events make. Each is harmless when its effect is already there. */
import type { QueryClient } from '@tanstack/react-query';
import type { ChannelRow, Id, Space } from '@/api/types';
import { findStart, updateRow, updateStart } from '@/realtime/start';

export function putChannel(cache: QueryClient, row: ChannelRow): void {
  updateStart(cache, (start) => {
    const others = start.channels.filter((other) => other.id !== row.id);
    return { ...start, channels: row.is_member ? [...others, row] : others };
  });
  if (row.space_id) void cache.invalidateQueries({ queryKey: ['space', row.space_id, 'channels'] });
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
