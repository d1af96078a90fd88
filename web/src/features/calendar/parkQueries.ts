/** Writing a meeting down instead of holding it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AskedMessage, AskPreview, AskTopic, Id, MeetingView } from '@/api/types';
import { meetingKey, meetingsKey } from './keys';

/** By when each would be due there, and who is away. Who is not in it cannot be asked. */
export function useParkPreview(channelId: Id, topicId: Id | null, people: readonly Id[]) {
  const query = { people: people.join(','), kind: 'question', topic: topicId };
  return useQuery({
    queryKey: ['park-preview', channelId, query],
    queryFn: ({ signal }) => api.get<AskPreview>(`/api/channels/${channelId}/asks/preview`, query, { signal }),
    enabled: channelId !== '' && people.length > 0,
    staleTime: 60_000,
  });
}

type Message = { id: Id; text: string; words_ok: boolean; topic_id?: Id };
export type Parking = { channelId: Id; message: Message; topic: AskTopic | null; people: Id[]; callsOff: boolean };
/** `error`: it was written, and the meeting could not be called off. */
export type Parked = { channelId: Id; topicId: Id | null; error: unknown };

/**
 * Writes and asks, and calls the meeting off after that where it is wished: in one change, so that the second request goes out
 * even when nobody looks any more. The second may fail, and what the first has done stays.
 */
export function usePark(meetingId: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ channelId, message, topic, people, callsOff }: Parking): Promise<Parked> => {
      const ask = { kind: 'question', people, needs: 'all' };
      const asked = await api.post<AskedMessage>(`/api/channels/${channelId}/asks`, { message, ask, topic: topic ?? undefined }, { carriesId: true });
      const done = { channelId, topicId: asked.topic?.id ?? asked.message.topic_id ?? null };
      // That the hint is over matters less: where it cannot be said, it stands there once more.
      const isSaid = api.del(`/api/meetings/${meetingId}/park?parked=true`).catch(() => undefined);
      const error = callsOff ? await callOff(meetingId) : null;
      await isSaid;
      return { ...done, error };
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: meetingsKey }),
  });
}

/** Why it could not be; null: it is. */
function callOff(meetingId: Id): Promise<unknown> {
  return api.post<MeetingView>(`/api/meetings/${meetingId}/cancel`, {}).then(
    () => null,
    (reason: unknown) => reason,
  );
}

/** The reader wants to hear of it no more; the hint goes at once. */
export function useWavePark(meetingId: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (_: void) => api.del(`/api/meetings/${meetingId}/park`),
    onSuccess: () => {
      cache.setQueryData<MeetingView>(meetingKey(meetingId), (view) => view && { ...view, park: null });
      return cache.invalidateQueries({ queryKey: meetingsKey });
    },
  });
}
