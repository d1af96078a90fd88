/** My meetings, and whose hours they meet. Events keep the meetings true. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  AnswerMeeting,
  ChangeMeeting,
  FindSlots,
  GroupView,
  Id,
  InviteGuest,
  Meeting,
  MeetingFeed,
  MeetingHours,
  MeetingPage,
  MeetingPreview,
  MeetingSettingsView,
  MeetingView,
  NewMeeting,
  Person,
  PersonPage,
  SaveMeetingSettings,
  SlotList,
  Topic,
  TryMeeting,
} from '@/api/types';
import type { Micros } from '@/lib/time';
import { useDebounced } from '@/lib/useDebounced';
import { uuidv7 } from '@/lib/uuidv7';
import { putPeople } from '@/realtime/people';
import { hoursOfKey, meetingKey, meetingsKey, settingsKey, timePollsKey, weekKey } from './keys';

const MINUTE_MS = 60_000;
/** More than that in a week is nobody's calendar. */
const MAX_PAGES = 10;

export function useMeetings(from: Micros, to: Micros) {
  return useQuery({
    queryKey: weekKey(from, to),
    queryFn: async ({ client, signal }) => {
      const meetings: Meeting[] = [];
      let after: Id | null = null;
      for (let n = 0; n < MAX_PAGES; n++) {
        const page: MeetingPage = await api.get<MeetingPage>('/api/meetings', { from, to, after }, { signal });
        putPeople(client, page.people);
        meetings.push(...page.items);
        after = page.next;
        if (after === null) break;
      }
      return meetings;
    },
    staleTime: 5 * MINUTE_MS,
  });
}

/** Of which I was told that they are near. */
export function useSoon() {
  return useQuery({
    queryKey: [...meetingsKey, 'soon'],
    queryFn: ({ signal }) => api.get<MeetingPage>('/api/meetings/soon', {}, { signal }).then(({ items }) => items),
    staleTime: 5 * MINUTE_MS,
  });
}

export function useMeeting(id: Id) {
  return useQuery({
    queryKey: meetingKey(id),
    queryFn: async ({ client, signal }) => {
      const view = await api.get<MeetingView>(`/api/meetings/${id}`, {}, { signal });
      putPeople(client, view.people);
      return view;
    },
    staleTime: MINUTE_MS,
  });
}

export function useHoursOf(ids: readonly Id[], from: Micros, to: Micros) {
  return useQuery({
    queryKey: hoursOfKey(ids, from, to),
    queryFn: ({ signal }) => api.get<{ items: MeetingHours[] }>('/api/meetings/hours', { ids: ids.join(','), from, to }, { signal }).then(({ items }) => items),
    staleTime: MINUTE_MS,
    enabled: ids.length > 0,
    placeholderData: (before) => before,
  });
}

export function usePreview(asked: TryMeeting | null) {
  return useQuery({
    queryKey: ['meeting-preview', asked],
    queryFn: async ({ client, signal }) => {
      const preview = await api.post<MeetingPreview>('/api/meetings/preview', asked, { signal });
      putPeople(client, preview.people);
      return preview;
    },
    enabled: asked !== null,
    placeholderData: (before) => before,
    staleTime: MINUTE_MS,
    gcTime: MINUTE_MS,
    retry: false,
  });
}

/** The same a moment after the last change; `isWhole`: there is enough to ask about. */
export function useSettledPreview(asked: TryMeeting, isWhole: boolean) {
  // As text, which stays the same while nothing changes.
  const settled = useDebounced(isWhole ? JSON.stringify(asked) : '');
  return usePreview(settled ? JSON.parse(settled) : null).data;
}

function useShown<Request>(mutationFn: (request: Request) => Promise<MeetingView>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: (view) => {
      cache.setQueryData(meetingKey(view.meeting.id), view);
      void cache.invalidateQueries({ queryKey: timePollsKey });
      return cache.invalidateQueries({ queryKey: meetingsKey });
    },
  });
}

export function usePropose() {
  return useShown((request: NewMeeting) => api.post<MeetingView>('/api/meetings', request, { carriesId: true }));
}

export function useChangeMeeting(id: Id) {
  return useShown((request: ChangeMeeting) => api.patch<MeetingView>(`/api/meetings/${id}`, request));
}

export function useInviteGuests(id: Id) {
  return useShown((guests: InviteGuest[]) => api.post<MeetingView>(`/api/meetings/${id}/guests`, { guests }));
}

export function useRemoveGuest(id: Id) {
  return useShown((guest: Id) => api.del<MeetingView>(`/api/meetings/${id}/guests/${guest}`));
}

/** As the groups' own screens keep them. */
export function useGroups() {
  return useQuery({ queryKey: ['groups', 'all'], queryFn: ({ signal }) => api.get<{ items: GroupView[] }>('/api/groups', {}, { signal }), select: ({ items }) => items });
}

/** Who is in a group now; beyond what a meeting holds nobody is asked for. */
export function usePeopleOfGroup() {
  return useMutation({
    mutationFn: async (group: Id) => {
      const people: Person[] = [];
      let before: string | null = null;
      do {
        const page: PersonPage = await api.get<PersonPage>(`/api/groups/${group}/members`, { before, limit: 100 });
        people.push(...page.items);
        before = page.next;
      } while (before !== null && people.length <= 100);
      return people;
    },
  });
}

export function useForgetAddress() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (address: string) => api.post<void>('/api/meetings/forget-address', { address }),
    onSuccess: () => cache.invalidateQueries({ queryKey: meetingsKey }),
  });
}

export function useAnswer(id: Id) {
  return useShown((said: AnswerMeeting) => api.put<MeetingView>(`/api/meetings/${id}/answer`, said));
}

export function useCallOff(id: Id) {
  return useShown((following: boolean) => api.post<MeetingView>(`/api/meetings/${id}/cancel${following ? '?following=true' : ''}`, {}));
}

/** The fairest times. Somebody else's meeting may take one, so they are asked for anew each time. */
export function useSlots(asked: FindSlots) {
  return useQuery({
    queryKey: [...meetingsKey, 'slots', asked],
    queryFn: async ({ client, signal }) => {
      const list = await api.post<SlotList>('/api/meetings/slots', asked, { signal });
      putPeople(client, list.people);
      return list;
    },
    gcTime: MINUTE_MS,
    retry: false,
  });
}

/** What the meeting would have said, as a topic. */
export function useTopicInstead() {
  return useMutation({
    mutationFn: ({ channelId, title, text }: { channelId: Id; title: string; text: string }) =>
      api.post<Topic>(`/api/channels/${channelId}/topics`, { id: uuidv7(), title, message: { id: uuidv7(), text } }, { carriesId: true }),
  });
}

export function useMeetingSettings() {
  return useQuery({ queryKey: settingsKey, queryFn: ({ signal }) => api.get<MeetingSettingsView>('/api/meetings/settings', {}, { signal }) });
}

export function useSaveMeetingSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (settings: SaveMeetingSettings) => api.put<MeetingSettingsView>('/api/meetings/settings', settings),
    onSuccess: (view) => cache.setQueryData(settingsKey, view),
  });
}

export function useMakeFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (_: void) => api.post<MeetingFeed>('/api/meetings/feed', {}),
    onSuccess: () => cache.invalidateQueries({ queryKey: settingsKey }),
  });
}

export function useEndFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (_: void) => api.del('/api/meetings/feed'),
    onSuccess: () => cache.invalidateQueries({ queryKey: settingsKey }),
  });
}
