/** Asks: those of a stretch, mine, and the moves on one. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Ask, AskCounts, AskMissing, AskMove, AskPage, AskPreview, AskSide, AskView, AskWordLists, ChannelAsks, Id, Message, NewAsk } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { askKeys, STRETCH, stretchOf } from './keys';
import { putAsk, readMineAgain } from './events';

const pathOf = ({ channel_id, message_id }: Pick<Ask, 'channel_id' | 'message_id'>) => `/api/channels/${channel_id}/messages/${message_id}/ask`;

/** What a message asks. One request for a stretch of the channel serves all its rows. */
export function useAskOf({ id, channel_id, seq }: Message): Ask | undefined {
  const from = stretchOf(seq);
  return useQuery({
    queryKey: askKeys.stretch(channel_id, from),
    queryFn: async ({ client, signal }) => {
      const page = await api.get<ChannelAsks>(`/api/channels/${channel_id}/asks`, { from, to: from + STRETCH - 1 }, { signal });
      putPeople(client, page.people);
      return page;
    },
    select: (page) => page.asks.find(({ message_id }) => message_id === id),
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

/** By when they would be due, and who is away. */
export function useAskPreview(channel_id: Id, topic_id: Id | null, { people, kind, by }: Pick<NewAsk, 'people' | 'kind' | 'by'>, isWanted: boolean) {
  const query = { people: people.join(','), kind, topic: topic_id, by: by ?? null };
  return useQuery({
    queryKey: askKeys.preview(channel_id, JSON.stringify(query)),
    queryFn: ({ signal }) => api.get<AskPreview>(`/api/channels/${channel_id}/asks/preview`, query, { signal }),
    enabled: isWanted && people.length > 0,
    staleTime: 60_000,
    retry: false,
  });
}

export function useAskWords(isWanted: boolean) {
  return useQuery({
    queryKey: askKeys.words,
    queryFn: ({ signal }) => api.get<AskWordLists>('/api/asks/words', {}, { signal }),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useAsks(me_id: Id, side: AskSide) {
  return useInfiniteQuery({
    queryKey: askKeys.list(me_id, side),
    queryFn: async ({ client, pageParam, signal }) => {
      const page = await api.get<AskPage>('/api/asks', { side, after: pageParam }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useAskCounts(me_id: Id) {
  return useQuery({
    queryKey: askKeys.counts(me_id),
    queryFn: ({ signal }) => api.get<AskCounts>('/api/asks/counts', {}, { signal }),
    staleTime: 5 * 60_000,
  });
}

export function useMissing(ask: Ask) {
  return useQuery({
    queryKey: askKeys.missing(ask.channel_id, ask.message_id),
    queryFn: ({ signal }) => api.get<AskMissing>(`${pathOf(ask)}/missing`, {}, { signal }),
  });
}

export function useMove() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ ask, move }: { ask: Ask; move: AskMove }) => api.post<AskView>(`${pathOf(ask)}/moves`, move),
    onSuccess: (view) => {
      putPeople(cache, view.people);
      putAsk(cache, view.ask);
      readMineAgain(cache);
    },
  });
}

export function useRemind() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (ask: Ask) => api.post<AskView>(`${pathOf(ask)}/reminder`),
    onSuccess: (view) => putAsk(cache, view.ask),
  });
}

/** Asks with a message that stands there already. */
export function useAskWith() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ message, ask }: { message: Pick<Message, 'id' | 'channel_id'>; ask: NewAsk }) =>
      api.put<AskView>(pathOf({ channel_id: message.channel_id, message_id: message.id }), ask),
    onSuccess: (view) => {
      void cache.invalidateQueries({ queryKey: askKeys.channel(view.ask.channel_id) });
      readMineAgain(cache);
    },
  });
}
