/** Cards of links, the list of links, and whether one wants to see cards. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChannelCards, Id, LinkCard, LinkPage, LinkSettings, Micros } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { batched } from './batch';
import { cardsKey, linkSettingsKey } from './keys';

const PAGE = 50;
/** One frame: messages that are drawn together. */
const TOGETHER_MS = 16;

const loaders = new Map<Id, (message_id: Id) => Promise<LinkCard[]>>();

function loaderOf(channel_id: Id) {
  const known = loaders.get(channel_id);
  if (known) return known;
  const loader = batched((ids) => askFor(channel_id, ids), [] as LinkCard[], TOGETHER_MS);
  loaders.set(channel_id, loader);
  return loader;
}

async function askFor(channel_id: Id, ids: Id[]): Promise<Map<Id, LinkCard[]>> {
  const answer = await api.get<ChannelCards>(`/api/channels/${channel_id}/cards`, { messages: ids.join(',') });
  const found = new Map(answer.items.map(({ message_id, cards }) => [message_id, cards]));
  // What came while the answer was on its way is newer than it.
  for (const event of recentEvents.after(channel_id, answer.seq) ?? []) {
    if (event.kind === 'links.changed') found.set(event.body.message_id, event.body.cards);
  }
  return found;
}

/** The cards under a message; with `isWanted` false only those that are here already. */
export function useCards(channel_id: Id, message_id: Id, isWanted: boolean) {
  return useQuery({
    queryKey: cardsKey(channel_id, message_id),
    queryFn: () => loaderOf(channel_id)(message_id),
    enabled: isWanted,
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useRemoveCard(channel_id: Id, message_id: Id) {
  const cache = useQueryClient();
  const key = cardsKey(channel_id, message_id);
  return useMutation({
    mutationFn: (link_id: Id) => api.del(`/api/links/${link_id}/card`),
    onSuccess: (_answer, link_id) => cache.setQueryData<LinkCard[]>(key, (cards) => cards?.filter(({ id }) => id !== link_id)),
  });
}

export function useLinkSettings() {
  return useQuery({
    queryKey: linkSettingsKey,
    queryFn: ({ signal }) => api.get<LinkSettings>('/api/settings/links', {}, { signal }),
    staleTime: 5 * 60_000,
  });
}

/** `shows` is what I want; `fetches` is for everybody, and an administrator's to say. */
export function useChangeLinkSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: { shows: boolean } | { fetches: boolean }) =>
      api.put<LinkSettings>('shows' in change ? '/api/settings/links' : '/api/workspace/links', change),
    onSuccess: (settings) => {
      cache.setQueryData(linkSettingsKey, settings);
      cache.removeQueries({ queryKey: ['cards'] });
    },
  });
}

/** Links of a channel, or of all channels that I am in. Asked for anew at each visit. */
export function useLinks(channel_id: Id | null) {
  return useInfiniteQuery({
    queryKey: ['links', channel_id],
    queryFn: async ({ client, pageParam, signal }) => {
      const path = channel_id ? `/api/channels/${channel_id}/links` : '/api/links';
      const page = await api.get<LinkPage>(path, { before: pageParam, limit: PAGE }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as Micros | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}
