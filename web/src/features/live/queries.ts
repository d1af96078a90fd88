/** Live sessions: one, all that are live now, and the acts on them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  ChangeLive,
  ChangeLiveAgenda,
  ChangeLivePerson,
  CharterView,
  EndLive,
  GoLive,
  Id,
  LiveAbsent,
  LiveList,
  LiveNotes,
  LiveNumbers,
  LiveTest,
  LiveTicket,
  LiveView,
  NewLiveNote,
  ObjectLive,
  OpenBreakouts,
} from '@/api/types';
import { registerEvents } from '@/realtime/events';
import { putPeople } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { liveEvents } from './events';
import { liveKey, liveNowKey, notesKey } from './keys';
import { after } from './model';

// Here and not with those of the other features: what these events change comes from here, and the first load has no room.
registerEvents(liveEvents);

const pathOf = (channel_id: Id, live_id: Id) => `/api/channels/${channel_id}/live/${live_id}`;

export function useLive(channel_id: Id, live_id: Id) {
  return useQuery({
    queryKey: liveKey(channel_id, live_id),
    queryFn: async ({ client, signal }) => {
      const known = recentEvents.after(channel_id, 0)?.at(-1)?.seq ?? 0;
      const view = await api.get<LiveView>(pathOf(channel_id, live_id), {}, { signal });
      putPeople(client, view.people);
      // What came while the answer was on its way may be newer than it.
      const missed = (recentEvents.after(channel_id, known) ?? []).filter((event) => event.kind === 'live.changed' && event.body.session.id === live_id);
      return { ...view, session: missed.reduce((session, event) => (event.kind === 'live.changed' ? after(session, event.body) : session), view.session) };
    },
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What is live now, in all channels that I may read. */
export function useLiveNow() {
  return useQuery({
    queryKey: liveNowKey,
    queryFn: async ({ client, signal }) => {
      const list = await api.get<LiveList>('/api/live', {}, { signal });
      putPeople(client, list.people);
      return list;
    },
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

export function useChangeLivePerson(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, { person_id, ...change }: ChangeLivePerson & { person_id: Id }) =>
    api.patch<LiveView>(`${path}/people/${person_id}`, change),
  );
}

export function useEndLive(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, end: EndLive) => api.post<LiveView>(`${path}/end`, end));
}

export function useAgenda(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, agenda: ChangeLiveAgenda) => api.put<LiveView>(`${path}/agenda`, agenda));
}

/** Tickets into a room of one's own. */
export function beginTrial(): Promise<LiveTest> {
  return api.post<LiveTest>('/api/live/test');
}

export function sendAgenda(channel_id: Id, live_id: Id, titles: readonly string[]): Promise<LiveView> {
  const points = titles.slice(0, 30).map((title) => ({ title: title.slice(0, 200) }));
  return api.put<LiveView>(`${pathOf(channel_id, live_id)}/agenda`, { points });
}

export function useObjection(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, objection: ObjectLive) => api.post<LiveView>(`${path}/objection`, objection));
}

export function useOpenBreakouts(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, rooms: OpenBreakouts) => api.put<LiveView>(`${path}/breakouts`, rooms));
}

export function useRecall(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, seconds: number) => api.post<LiveView>(`${path}/breakouts/recall`, { seconds }));
}

export function usePlacePerson(channel_id: Id, live_id: Id) {
  return useAct(channel_id, live_id, (path, { person_id, breakout_id }: { person_id: Id; breakout_id: Id | null }) =>
    api.put<LiveView>(`${path}/people/${person_id}/breakout`, { breakout_id }),
  );
}

export function useNotes(channel_id: Id, live_id: Id, breakout_id: Id) {
  return useQuery({
    queryKey: notesKey(channel_id, live_id, breakout_id),
    queryFn: async ({ client, signal }) => {
      const notes = await api.get<LiveNotes>(`${pathOf(channel_id, live_id)}/notes`, { breakout: breakout_id }, { signal });
      putPeople(client, notes.people);
      return notes;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useWriteNote(channel_id: Id, live_id: Id) {
  return useMutation({ mutationFn: (note: NewLiveNote) => api.post<void>(`${pathOf(channel_id, live_id)}/notes`, note) });
}

/** Who was in from when to when: one's own part, and everybody's for whoever may see it. */
export function useNumbers(channel_id: Id, live_id: Id) {
  return useQuery({
    queryKey: [...liveKey(channel_id, live_id), 'numbers'],
    queryFn: async ({ client, signal }) => {
      const numbers = await api.get<LiveNumbers>(`${pathOf(channel_id, live_id)}/numbers`, {}, { signal });
      putPeople(client, numbers.people);
      return numbers;
    },
    staleTime: 0,
  });
}

/** Whether hosts are told of sessions that begin now: said before one begins. It shares what charters keep of the channel. */
export function useTellsHosts(channel_id: Id): boolean {
  const path = `/api/channels/${channel_id}/charter`;
  const { data } = useQuery({ queryKey: ['charter', path], queryFn: ({ signal }) => api.get<CharterView>(path, {}, { signal }), staleTime: Number.POSITIVE_INFINITY });
  return data?.expected.tells_hosts.is_on ?? false;
}

/** Nothing of it is kept, so it is not tried again either. */
export function sendReaction(channel_id: Id, live_id: Id, emoji: string): Promise<void> {
  return api.post<void>(`${pathOf(channel_id, live_id)}/reactions`, { emoji });
}

/** Who was called and is not there; asked when the end is. */
export function useAbsent(channel_id: Id, live_id: Id) {
  return useQuery({
    queryKey: [...liveKey(channel_id, live_id), 'absent'],
    queryFn: ({ signal }) => api.get<LiveAbsent>(`${pathOf(channel_id, live_id)}/absent`, {}, { signal }),
    staleTime: 0,
  });
}

export function useAgree(channel_id: Id, message_id: Id) {
  return useMutation({ mutationFn: () => api.post<unknown>(`/api/channels/${channel_id}/messages/${message_id}/ask/moves`, { move: 'answer' }) });
}
