/** What I have scheduled, and how messages land with people who are not at work. Events keep the list true. */
import { useMutation, useQuery, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Attachment, Id, LandingView, Message, Micros, PersonHours, Scheduled, ScheduledList } from '@/api/types';
import { landingKey, scheduledKey } from './keys';

const MINUTE_MS = 60_000;

export function useScheduled() {
  return useQuery({
    queryKey: scheduledKey,
    queryFn: ({ signal }) => api.get<ScheduledList>('/api/scheduled', {}, { signal }).then(({ items }) => items),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export type Plan = {
  id: Id;
  channel_id: Id;
  topic_id: Id | null;
  quote_id: Id | null;
  text: string;
  files: readonly Attachment[];
  /** `null`: when work begins for the others. */
  due_at: Micros | null;
  everyone_ok?: boolean;
};

/** The same id again schedules nothing twice. */
export function schedule({ id, channel_id, topic_id, quote_id, text, files, due_at, everyone_ok = false }: Plan): Promise<Scheduled> {
  const body = { id, channel_id, topic_id, quote_id, text, due_at, everyone_ok, file_ids: files.map((file) => file.id) };
  return api.post<Scheduled>('/api/scheduled', body, { carriesId: true });
}

export function takeBack(id: Id): Promise<void> {
  return api.del(`/api/scheduled/${id}`);
}

export function useTakeBack() {
  return useMutation({ mutationFn: ({ id }: Scheduled) => takeBack(id) });
}

export function useSendNow() {
  return useMutation({ mutationFn: ({ id }: Scheduled) => api.post<Message>(`/api/scheduled/${id}/send`, {}, { carriesId: true }) });
}

export function useChangeScheduled() {
  return useMutation({
    mutationFn: ({ id, ...change }: { id: Id; revision: number; text?: string; due_at?: Micros }) => api.patch<Scheduled>(`/api/scheduled/${id}`, change),
  });
}

/** Others may change their hours, and time passes. */
export function useLanding(channel_id: Id) {
  return useQuery({
    queryKey: landingKey(channel_id),
    queryFn: ({ signal }) => api.get<LandingView>(`/api/channels/${channel_id}/landing`, {}, { signal }),
    staleTime: MINUTE_MS,
    refetchInterval: MINUTE_MS,
  });
}

/** What I chose is first for the rest of the day. Lost, it is only asked once more. */
export function rememberLanding(cache: QueryClient, channel_id: Id, choice: 'deliver' | 'silent'): void {
  const kept = api.put<LandingView>(`/api/channels/${channel_id}/landing`, { choice });
  kept.then(
    (view) => cache.setQueryData(landingKey(channel_id), view),
    () => cache.invalidateQueries({ queryKey: landingKey(channel_id) }),
  );
}

/** When somebody works, from what they declared. */
export function useWork(person_id: Id | undefined) {
  return useQuery({
    queryKey: ['work', person_id],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<{ items: PersonHours[] }>('/api/hours/people', { ids: person_id }, { signal });
      return items[0] ?? null;
    },
    staleTime: MINUTE_MS,
    enabled: person_id !== undefined,
  });
}
