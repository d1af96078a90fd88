/** Polls: one, and the acts on it. */
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChangePollWord, Id, PollRequest, PollView, PreparedPoll, PreparedPolls, PreparePoll, Seq, Vote } from '@/api/types';
import { askAgain } from '@/realtime/askAgain';
import { registerEvents } from '@/realtime/events';
import { putPeople } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { findStart, useMe } from '@/realtime/start';
import { pollEvents } from './events';
import { pollKey, preparedKey } from './keys';
import { afterChange, hasMore } from './model';
import { withVote } from './voting';

// With the first poll on the screen, not with the app: before it there is nothing to keep true.
registerEvents(pollEvents);

const seqNow = (channel_id: Id) => recentEvents.after(channel_id, 0)?.at(-1)?.seq ?? 0;

/** What came while an answer was on its way may be newer than it; what is newer than both is still to come. */
function upToDate(client: QueryClient, view: PollView, known: Seq): PollView {
  const { channel_id, id } = view.poll;
  const missed = (recentEvents.after(channel_id, known) ?? []).filter((event) => event.kind === 'poll.changed');
  const last = missed.findLast((event) => event.body.poll_id === id);
  if (!last) return view;
  if (hasMore(view, last.body)) askAgain(client, pollKey(channel_id, id));
  return afterChange(view, last.body, findStart(client)?.me.id ?? '');
}

export function usePoll(channel_id: Id, poll_id: Id) {
  return useQuery({
    queryKey: pollKey(channel_id, poll_id),
    queryFn: async ({ client, signal }) => {
      const known = seqNow(channel_id);
      const view = await api.get<PollView>(`/api/channels/${channel_id}/polls/${poll_id}`, {}, { signal });
      putPeople(client, view.people);
      return upToDate(client, view, known);
    },
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useVote(channel_id: Id, poll_id: Id) {
  const cache = useQueryClient();
  const me_id = useMe()?.id ?? '';
  const key = pollKey(channel_id, poll_id);
  return useMutation({
    mutationFn: (options: number[]) => api.put<PollView>(`/api/channels/${channel_id}/polls/${poll_id}/vote`, { options }),
    onMutate: (options) => {
      const before = cache.getQueryData<PollView>(key);
      if (before) cache.setQueryData<PollView>(key, withVote(before, options, me_id));
      return { before, known: seqNow(channel_id) };
    },
    onSuccess: (view, _options, { known }) => cache.setQueryData(key, upToDate(cache, view, known)),
    onError: (_error, _options, begun) => begun?.before && cache.setQueryData(key, begun.before),
  });
}

export function useWriteWords(channel_id: Id, poll_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (vote: Vote) => api.put<PollView>(`/api/channels/${channel_id}/polls/${poll_id}/vote`, vote),
    onMutate: () => ({ known: seqNow(channel_id) }),
    onSuccess: (view, _vote, { known }) => cache.setQueryData(pollKey(channel_id, poll_id), upToDate(cache, view, known)),
  });
}

export function useChangeWord(channel_id: Id, poll_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: ChangePollWord) => api.patch<PollView>(`/api/channels/${channel_id}/polls/${poll_id}/words`, change),
    onMutate: () => ({ known: seqNow(channel_id) }),
    onSuccess: (view, _change, { known }) => cache.setQueryData(pollKey(channel_id, poll_id), upToDate(cache, view, known)),
  });
}

export function useClosePoll(channel_id: Id, poll_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<PollView>(`/api/channels/${channel_id}/polls/${poll_id}/close`),
    onSuccess: (view) => cache.setQueryData(pollKey(channel_id, poll_id), view),
  });
}

export function useAsk(channel_id: Id) {
  return useMutation({
    mutationFn: (request: PollRequest) => api.post<PollView>(`/api/channels/${channel_id}/polls`, request, { carriesId: true }),
  });
}

/** Polls that wait to be asked in a channel. */
export function usePrepared(channel_id: Id) {
  return useQuery({
    queryKey: preparedKey(channel_id),
    queryFn: async ({ client, signal }) => {
      const { items, people } = await api.get<PreparedPolls>(`/api/channels/${channel_id}/prepared-polls`, {}, { signal });
      putPeople(client, people);
      return items;
    },
  });
}

export function usePrepare(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, content }: { id: Id; content: PreparePoll }) =>
      api.put<PreparedPoll>(`/api/channels/${channel_id}/prepared-polls/${id}`, content),
    onSuccess: () => cache.invalidateQueries({ queryKey: preparedKey(channel_id) }),
  });
}

export function useDropPrepared(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.del(`/api/channels/${channel_id}/prepared-polls/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: preparedKey(channel_id) }),
  });
}

export function useOpenPrepared(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...place }: { id: Id; message_id: Id; topic_id?: Id }) =>
      api.post<PollView>(`/api/channels/${channel_id}/prepared-polls/${id}/open`, place, { carriesId: true }),
    onSettled: () => cache.invalidateQueries({ queryKey: preparedKey(channel_id) }),
  });
}
