import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CallableGroups, Id } from '@/api/types';
import { putGroupNames } from '@/realtime/groups';

const FRESH_MS = 30_000;

/** The groups that can be called in a channel, with how many people each calls. */
export const callableGroupsQuery = (channel_id: Id) =>
  queryOptions({
    queryKey: ['channel-groups', channel_id],
    queryFn: async ({ client, signal }) => {
      const groups = await api.get<CallableGroups>(`/api/channels/${channel_id}/groups`, {}, { signal });
      putGroupNames(client, groups.items);
      return groups;
    },
    staleTime: FRESH_MS,
  });

/** How many people these groups call together. */
export async function countCalled(channel_id: Id, group_ids: readonly Id[]): Promise<number> {
  const groups = await api.get<CallableGroups>(`/api/channels/${channel_id}/groups`, { ids: group_ids.join(',') });
  return groups.n_called;
}
