/** What was posted, page by page. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { FilePage, Id, Micros } from '@/api/types';
import { putPeople } from '@/realtime/people';

export type Shelf = 'pictures' | 'files';

const PAGE = 60;

/** Of a channel, or of all channels that I am in. Asked for anew at each visit: new files come with new messages. */
export function useGallery(channel_id: Id | null, shelf: Shelf) {
  return useInfiniteQuery({
    queryKey: ['gallery', channel_id, shelf],
    queryFn: async ({ client, pageParam, signal }) => {
      const path = channel_id ? `/api/channels/${channel_id}/files` : '/api/files';
      const page = await api.get<FilePage>(path, { shelf, before: pageParam, limit: PAGE }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as Micros | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}
