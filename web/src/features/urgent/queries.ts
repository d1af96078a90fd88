/** What is urgent: one, what calls me, what sending would do; rotas and consent. */
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, MyUrgents, NewUrgent, RotaView, SaveRota, UrgentConsents, UrgentMoveKind, UrgentPreview, UrgentView } from '@/api/types';
import { personQuery, putPeople } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { urgentKeys } from './keys';

export function useUrgent(channel_id: Id, urgent_id: Id) {
  return useQuery({
    queryKey: urgentKeys.one(channel_id, urgent_id),
    queryFn: async ({ client, signal }) => {
      const view = await api.get<UrgentView>(`/api/channels/${channel_id}/urgents/${urgent_id}`, {}, { signal });
      putPeople(client, view.people);
      return view;
    },
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useMyUrgents() {
  const me_id = useMe()?.id ?? '';
  return useQuery({
    queryKey: [...urgentKeys.mine, me_id],
    queryFn: async ({ client, signal }) => {
      const mine = await api.get<MyUrgents>('/api/urgents', {}, { signal });
      putPeople(client, mine.people);
      return mine;
    },
    enabled: me_id !== '',
    staleTime: 60_000,
  });
}

export type Wanted = { people: readonly Id[]; on_call: boolean; chain: boolean };

export function useUrgentPreview(channel_id: Id, { people, on_call, chain }: Wanted) {
  const query = { people: people.join(','), on_call: String(on_call), chain: String(chain) };
  return useQuery({
    queryKey: urgentKeys.preview(channel_id, JSON.stringify(query)),
    queryFn: async ({ client, signal }) => {
      const preview = await api.get<UrgentPreview>(`/api/channels/${channel_id}/urgents/preview`, query, { signal });
      putPeople(client, preview.people);
      return preview;
    },
    placeholderData: (before) => before,
    // What is said of somebody's hours is true for a moment.
    refetchInterval: 60_000,
    staleTime: 0,
    retry: false,
  });
}

export function useSend(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUrgent) => api.post<UrgentView>(`/api/channels/${channel_id}/urgents`, body, { carriesId: true }),
    onSuccess: (view) => {
      putPeople(cache, view.people);
      cache.setQueryData(urgentKeys.one(channel_id, view.urgent.id), view);
    },
  });
}

export function useMove(channel_id: Id, urgent_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (move: UrgentMoveKind) => api.post<UrgentView>(`/api/channels/${channel_id}/urgents/${urgent_id}/moves`, { move }),
    onSuccess: (view) => {
      putPeople(cache, view.people);
      cache.setQueryData(urgentKeys.one(channel_id, urgent_id), view);
    },
    // Somebody else was faster, or it is done: both ways what is shown is old.
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: urgentKeys.mine });
      void cache.invalidateQueries({ queryKey: urgentKeys.one(channel_id, urgent_id) });
    },
  });
}

/** Names by id, as far as they are known. */
export function useNames(ids: readonly Id[]): (id: Id) => string {
  return useQueries({
    queries: [...new Set(ids)].map(personQuery),
    combine: (people) => {
      const names = new Map(people.flatMap(({ data }) => (data ? [[data.id, data.name] as const] : [])));
      return (id: Id) => names.get(id) ?? '';
    },
  });
}

export function useRota(space_id: Id) {
  return useQuery({
    queryKey: urgentKeys.rota(space_id),
    queryFn: async ({ client, signal }) => {
      const view = await api.get<RotaView>(`/api/spaces/${space_id}/rota`, {}, { signal });
      putPeople(client, view.people);
      return view;
    },
    // Turns pass without an event.
    refetchInterval: 60_000,
  });
}

export type RotaChange =
  | { kind: 'save'; rota: SaveRota }
  | { kind: 'agree'; agreed: boolean }
  | { kind: 'hand_over'; person_id: Id | null }
  | { kind: 'swap'; day: string; person_id: Id | null };

export function useChangeRota(space_id: Id) {
  const cache = useQueryClient();
  const path = `/api/spaces/${space_id}/rota` as const;
  return useMutation({
    mutationFn: (change: RotaChange): Promise<RotaView> => {
      switch (change.kind) {
        case 'save':
          return api.put<RotaView>(path, change.rota);
        case 'agree':
          return api.put<RotaView>(`${path}/consent`, { agreed: change.agreed });
        case 'hand_over':
          return api.post<RotaView>(`${path}/hand-over`, change.person_id === null ? {} : { person_id: change.person_id });
        case 'swap':
          return api.put<RotaView>(`${path}/swap`, { day: change.day, ...(change.person_id !== null && { person_id: change.person_id }) });
      }
    },
    onSuccess: (view) => {
      putPeople(cache, view.people);
      cache.setQueryData(urgentKeys.rota(space_id), view);
    },
  });
}

export function useConsents() {
  return useQuery({
    queryKey: urgentKeys.consents,
    queryFn: ({ signal }) => api.get<UrgentConsents>('/api/urgent-consents', {}, { signal }),
  });
}

export type ConsentPlace = { kind: 'spaces' | 'channels'; id: Id };

export function useChangeConsent() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ place, agreed }: { place: ConsentPlace; agreed: boolean }) => {
      const path = `/api/${place.kind}/${place.id}/urgent-consent` as const;
      return agreed ? api.put<UrgentConsents>(path) : api.del<UrgentConsents>(path);
    },
    onSuccess: (consents) => cache.setQueryData(urgentKeys.consents, consents),
  });
}
