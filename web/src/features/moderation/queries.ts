import { infiniteQueryOptions, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Blocks, Id, Message, ModerationState, OwnReportPage, RemovalPage, ReportPage, ReportReason } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { startQuery, updateStart } from '@/realtime/start';
import { withBlock } from './model';

const PAGE = 30;

export const keys = {
  state: ['moderation', 'state'],
  reports: ['moderation', 'reports'],
  removals: ['moderation', 'removals'],
  ownReports: ['moderation', 'own-reports'],
  blocks: ['moderation', 'blocks'],
} as const;

/** Traces of what was removed in the channels that I look after, or in one of them. */
export const removalsQuery = (channel_id: Id | null) =>
  infiniteQueryOptions({
    queryKey: [...keys.removals, channel_id],
    queryFn: async ({ client, pageParam, signal }) => {
      const page = await api.get<RemovalPage>('/api/moderation/removals', { channel: channel_id, before: pageParam, limit: PAGE }, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as Id | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
    staleTime: 0,
  });

const stateQuery = queryOptions({
  queryKey: keys.state,
  queryFn: ({ signal }) => api.get<ModerationState>('/api/moderation', {}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** How many reports wait for me; events say when to ask again. */
export function useOpenReports(moderates: boolean): number {
  const { data } = useQuery({ ...stateQuery, enabled: moderates });
  return data?.n_open_reports ?? 0;
}

export type ReportState = 'open' | 'handled';

export const reportsQuery = (state: ReportState, channel_id: Id | null) =>
  infiniteQueryOptions({
    queryKey: [...keys.reports, state, channel_id],
    queryFn: async ({ client, pageParam, signal }) => {
      const query = { state, channel: channel_id, before: pageParam, limit: PAGE };
      const page = await api.get<ReportPage>('/api/moderation/reports', query, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as Id | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
    staleTime: 0,
  });

export const ownReportsQuery = infiniteQueryOptions({
  queryKey: keys.ownReports,
  queryFn: ({ pageParam, signal }) => api.get<OwnReportPage>('/api/me/reports', { before: pageParam, limit: PAGE }, { signal }),
  initialPageParam: null as Id | null,
  getNextPageParam: (page) => page.next,
  select: (data) => data.pages.flatMap((page) => page.items),
  staleTime: 0,
});

type Reporting = { message: Message; reason: ReportReason; note: string };

export function useReport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ message, reason, note }: Reporting) =>
      api.post<void>(`/api/channels/${message.channel_id}/messages/${message.id}/report`, note ? { reason, note } : { reason }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.ownReports }),
  });
}

type Handling = { id: Id } & ({ what: 'dismiss' } | { what: 'remove'; reason: string });

export function useHandleReport() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (order: Handling) => {
      const path = `/api/moderation/reports/${order.id}/${order.what}`;
      return api.post<void>(path, order.what === 'remove' && order.reason.trim() ? { reason: order.reason.trim() } : {});
    },
    onSettled: () => Promise.all(Object.values(keys).map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
}

export const blocksQuery = queryOptions({
  queryKey: keys.blocks,
  queryFn: async ({ client, signal }) => {
    const blocks = await api.get<Blocks>('/api/blocks', {}, { signal });
    putPeople(client, blocks.people);
    return blocks.items;
  },
  staleTime: 0,
});

/** Whether I block this person. */
export function useIsBlocked(person_id: Id): boolean {
  return useQuery({ ...startQuery, select: (start) => start.blocked.includes(person_id) }).data ?? false;
}

export function useBlock() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ person_id, blocked }: { person_id: Id; blocked: boolean }) =>
      blocked ? api.put<void>(`/api/blocks/${person_id}`) : api.del(`/api/blocks/${person_id}`),
    onSuccess: (_data, { person_id, blocked }) => {
      updateStart(cache, (start) => ({ ...start, blocked: withBlock(start.blocked, person_id, blocked) }));
      return cache.invalidateQueries({ queryKey: keys.blocks });
    },
  });
}
