/** Pins, what a person keeps for later, and forwards. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, Message, Micros, Pins, PostRequest, SavedPage } from '@/api/types';
import { putGroupNames } from '@/realtime/groups';
import { putPeople } from '@/realtime/people';
import { keys } from './keys';
import { setWindow } from './queries';

const PAGE = 50;

type Keep = { message: Message; what: 'pin' | 'save'; on: boolean };

/** Pins a message for everybody or keeps it for oneself; shown at once, taken back when the server refuses. */
export function useKeep() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ message, what, on }: Keep) => {
      const path = `/api/channels/${message.channel_id}/messages/${message.id}/${what}`;
      return on ? api.put<void>(path) : api.del(path);
    },
    onMutate: (keep) => showKept(cache, keep),
    onError: (_error, keep) => showKept(cache, { ...keep, on: !keep.on }),
    onSettled: (_data, _error, { message, what }) =>
      cache.invalidateQueries({ queryKey: what === 'pin' ? keys.pins(message.channel_id) : keys.saved }),
  });
}

function showKept(cache: QueryClient, { message, what, on }: Keep): void {
  const mark = (own: Message): Message => (own.id !== message.id ? own : what === 'pin' ? { ...own, pinned: on } : { ...own, saved: on });
  setWindow(cache, message.channel_id, message.topic_id, (window) => ({ ...window, messages: window.messages.map(mark) }));
}

export function usePins(channel_id: Id) {
  return useQuery({
    queryKey: keys.pins(channel_id),
    queryFn: async ({ client, signal }) => {
      const pins = await api.get<Pins>(`/api/channels/${channel_id}/pins`, {}, { signal });
      putPeople(client, pins.people);
      putGroupNames(client, pins.groups);
      return pins.items;
    },
  });
}

export function useSaved() {
  return useInfiniteQuery({
    queryKey: keys.saved,
    queryFn: async ({ client, pageParam, signal }) => {
      const page = await api.get<SavedPage>('/api/saved', { before: pageParam, limit: PAGE }, { signal });
      putPeople(client, page.people);
      putGroupNames(client, page.groups);
      return page;
    },
    initialPageParam: null as Micros | null,
    getNextPageParam: (page) => page.next,
  });
}

type Forwarding = { channel_id: Id; request: PostRequest };

export function useForward() {
  return useMutation({
    mutationFn: ({ channel_id, request }: Forwarding) =>
      api.post<Message>(`/api/channels/${channel_id}/messages`, request, { carriesId: true }),
  });
}
