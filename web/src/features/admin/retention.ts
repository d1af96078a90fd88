/** How long messages stay, and what must not go: questions and changes. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChangeRetention, ChannelRetention, HeldCopies, Id, NewHold, PersonPage, Retention, RetentionPreview, RetentionRule, Space } from '@/api/types';

/** The workspace, a space or a channel, for the dialog that says how long its messages stay. */
export type RetentionPlace = { id: Id; name: string; kind: 'workspace' | 'space' | 'channel' };

/** Counted up to here; beyond it is "more than". */
export const countedMax = 1_000_000;
const daysMax = 3650;

export const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => api.get<Retention>('/api/retention', {}, { signal }),
  staleTime: 0,
});

export const channelRetentionQuery = (id: Id) =>
  queryOptions({
    queryKey: ['retention', 'channel', id],
    queryFn: ({ signal }) => api.get<ChannelRetention>(`/api/channels/${id}/retention`, {}, { signal }),
    staleTime: 0,
  });

export const previewQuery = (place: Id, days: number, keep_marked: boolean) =>
  queryOptions({
    queryKey: ['retention', 'preview', place, days, keep_marked],
    queryFn: ({ signal }) => api.get<RetentionPreview>(`/api/retention/${place}/preview`, { days, keep_marked: String(keep_marked) }, { signal }),
    staleTime: 0,
  });

/** What was deleted while it was held. Each look is in the audit log, so nothing is fetched twice by itself. */
export const copiesQuery = (subject: Id) =>
  infiniteQueryOptions({
    queryKey: ['retention', 'copies', subject],
    queryFn: ({ pageParam, signal }) => api.get<HeldCopies>(`/api/holds/${subject}/copies`, { after: pageParam }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const spacesQuery = queryOptions({
  queryKey: ['spaces'],
  queryFn: ({ signal }) => api.get<{ items: Space[] }>('/api/spaces', {}, { signal }),
});

export const peopleNamedQuery = (text: string) =>
  queryOptions({
    queryKey: ['retention', 'people', text],
    queryFn: ({ signal }) => api.get<PersonPage>('/api/people', { query: text || null, limit: 20 }, { signal }),
    placeholderData: (previous) => previous,
  });

/** What was typed for days: a number from 1 to 3,650, null for ever, undefined for neither. */
export function daysOf(typed: string): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  const days = Number(text);
  return Number.isInteger(days) && days >= 1 && days <= daysMax ? days : undefined;
}

/** The rule of a place itself; undefined where it follows what lies above. */
export function ruleOf(retention: Retention, place: Id): RetentionRule | undefined {
  return retention.rules.find((rule) => rule.place_id === place);
}

function useInvalidating<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries({ queryKey: retentionQuery.queryKey }) });
}

export const useChangeRetention = (place: Id) =>
  useInvalidating((change: ChangeRetention) => api.put<RetentionRule>(`/api/retention/${place}`, change));
export const useFollowAbove = (place: Id) => useInvalidating(() => api.del(`/api/retention/${place}`));
export const useHold = () => useInvalidating((hold: NewHold) => api.post<void>('/api/holds', hold));
export const useEndHold = () => useInvalidating((subject: Id) => api.del(`/api/holds/${subject}`));

function firstPage(): Id | null {
  return null;
}
