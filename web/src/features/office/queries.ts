/** Office hours, and the acts on them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CallOffice, Id, OfficeView, OpenOffice, TakeOfficePlace } from '@/api/types';
import { registerEvents } from '@/realtime/events';
import { putPeople } from '@/realtime/people';
import { officeEvents } from './events';
import { officeKey } from './keys';

// Here and not with those of the other features: what these events change comes from here, and the first load has no room.
registerEvents(officeEvents);

const pathOf = (channel_id: Id, office_id: Id) => `/api/channels/${channel_id}/office/${office_id}`;

export function useOffice(channel_id: Id, office_id: Id) {
  return useQuery({
    queryKey: officeKey(channel_id, office_id),
    queryFn: async ({ client, signal }) => {
      const view = await api.get<OfficeView>(pathOf(channel_id, office_id), {}, { signal });
      putPeople(client, view.people);
      return view;
    },
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useOpenOffice(channel_id: Id) {
  return useMutation({ mutationFn: (wanted: OpenOffice) => api.post<OfficeView>(`/api/channels/${channel_id}/office`, wanted, { carriesId: true }) });
}

function useAct<Wanted>(channel_id: Id, office_id: Id, act: (path: string, wanted: Wanted) => Promise<OfficeView>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => act(pathOf(channel_id, office_id), wanted),
    onSuccess: (view) => cache.setQueryData(officeKey(channel_id, office_id), view),
  });
}

export function useTakePlace(channel_id: Id, office_id: Id) {
  return useAct(channel_id, office_id, (path, wanted: TakeOfficePlace) => api.put<OfficeView>(`${path}/place`, wanted));
}

export function useLeavePlace(channel_id: Id, office_id: Id) {
  return useAct(channel_id, office_id, (path, person_id: Id) => api.del<OfficeView>(`${path}/people/${person_id}`));
}

export function useCallNext(channel_id: Id, office_id: Id) {
  return useAct(channel_id, office_id, (path, wanted: CallOffice) => api.post<OfficeView>(`${path}/call`, wanted));
}

export function useLater(channel_id: Id, office_id: Id) {
  return useAct(channel_id, office_id, (path, at: number | null) => api.put<OfficeView>(`${path}/later`, { at }));
}

export function useEndOffice(channel_id: Id, office_id: Id) {
  return useAct(channel_id, office_id, (path, _: void) => api.post<OfficeView>(`${path}/end`));
}
