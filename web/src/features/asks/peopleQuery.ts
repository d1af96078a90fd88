/** Who is in a channel, for passing on. */
import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChannelMemberPage, Id, Person } from '@/api/types';

const PAGE = 100;
/** Whoever is not among so many is found by asking in the channel. */
const MAX_PAGES = 5;

export function useChannelPeople(channel_id: Id) {
  return useQuery({
    queryKey: ['asks', channel_id, 'people'],
    queryFn: async ({ signal }) => {
      const people: Person[] = [];
      let before: Id | null = null;
      for (let n = 0; n < MAX_PAGES; n += 1) {
        const page: ChannelMemberPage = await api.get<ChannelMemberPage>(`/api/channels/${channel_id}/members`, { before, limit: PAGE }, { signal });
        people.push(...page.items.map(({ person }) => person));
        before = page.next;
        if (before === null) break;
      }
      return people.toSorted((a, b) => a.name.localeCompare(b.name));
    },
    staleTime: 60_000,
  });
}
