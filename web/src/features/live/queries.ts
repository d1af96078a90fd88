/** Live sessions: one, and the acts on it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChangeLive, GoLive, Id, LiveOutcome, LiveTicket, LiveView } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { liveKey } from './keys';

const pathOf = (channel_id: Id, live_id: Id) => `/api/channels/${channel_id}/live/${live_id}`;

export function useLive(channel_id: Id, live_id: Id) {
  return useQuery({
    queryKey: liveKey(channel_id, live_id),
    queryFn: async ({ client, signal }) => {
      const known = recentEvents.after(channel_id, 0)?.at(-1)?.seq ?? 0;
      const view = await api.get<LiveView>(pathOf(channel_id, live_id), {}, { signal });
      putPeople(client, view.people);
      // What came while the answer was on its way may be newer than it.
      const missed = (recentEvents.after(channel_id, known) ?? []).filter((event) => event.kind === 'live.changed');
      const last = missed.findLast((event) => event.body.session.id === live_id);
      return last ? { ...view, session: last.body.session } : view;
    },
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useGoLive(channel_id: Id) {
  return useMutation({
    mutationFn: (request: GoLive) => api.post<LiveView>(`/api/channels/${channel_id}/live`, request, { carriesId: true }),
  });
}

/** A new ticket: each is used once, at once. */
export function enterLive(channel_id: Id, live_id: Id, device: string): Promise<LiveTicket> {
  return api.post<LiveTicket>(`${pathOf(channel_id, live_id)}/enter`, { device });
}

function useAct<Wanted>(channel_id: Id, live_id: Id, act: (path: string, wanted: Wanted) => Promise<LiveView>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => act(pathOf(channel_id, live_id), wanted),
    onSuccess: (view) => cache.setQueryData(liveKey(channel_id, live_id), view),
  });
}

export function useHand(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, is_up: boolean) => api.put<LiveView>(`${path}/hand`, { is_up }));
}

export function useChangeLive(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, change: ChangeLive) => api.patch<LiveView>(path, change));
}

export function useLowerHand(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, person_id: Id) => api.patch<LiveView>(`${path}/people/${person_id}`, { hand_down: true }));
}

export function useEndLive(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, outcome: LiveOutcome) => api.post<LiveView>(`${path}/end`, { outcome }));
}
