/** Asking the server. What is typed further makes the browser drop the question before. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { SearchPage, SearchPlaces, SearchSort } from '@/api/types';
import { putPeople } from '@/realtime/people';

const PAGE = 20;
/** In the palette: a look, not a list. */
const GLANCE = 5;
/** What was said a moment ago belongs to the answer. */
const FRESH_MS = 10_000;

export const searchQuery = (q: string, sort: SearchSort) =>
  infiniteQueryOptions({
    queryKey: ['search', 'pages', q, sort],
    queryFn: async ({ client, pageParam, signal }) => {
      const page = await api.get<SearchPage>('/api/search', { q, sort, cursor: pageParam, limit: PAGE }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    enabled: q !== '',
    staleTime: FRESH_MS,
  });

export const glanceQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', 'glance', q],
    queryFn: async ({ client, signal }) => {
      const page = await api.get<SearchPage>('/api/search', { q, sort: 'newest', limit: GLANCE }, { signal });
      putPeople(client, page.people);
      return page;
    },
    enabled: [...q].length > 1,
    staleTime: FRESH_MS,
    placeholderData: (previous) => previous,
  });

export const placesQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', 'places', q],
    queryFn: async ({ client, signal }) => {
      const places = await api.get<SearchPlaces>('/api/search/places', { q }, { signal });
      putPeople(client, places.people);
      return places;
    },
    enabled: q !== '',
    staleTime: FRESH_MS,
    placeholderData: (previous) => previous,
  });

function firstPage(): string | null {
  return null;
}
